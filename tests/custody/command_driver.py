"""The command line as a process that stays after its command: command_driver.py WORDS, then it waits to be looked into."""

import sys

from core.cli.main import main
from core.vault import memory
from tests.desks import CHEAP

memory.harden()
main(sys.argv[1:], cost=CHEAP)
print("ready", flush=True)
sys.stdin.readline()
