"""The bindings are loaded without what they load for others, and what was put off is there when it is needed."""

import json
import subprocess
import sys

PARTS = ["mapping", "errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool"]
_TOLD = """
import builtins, json, sys
{load}
from PySide6.QtCore import QPoint, QTimer
import gui.app
parts = [sys.modules["shibokensupport.signature." + part] for part in {parts}]
told = {{"read": [part.__name__ for part in parts if "__file__" in part.__dict__], "hooked": builtins.__import__ is builtins.__feature_import__}}
told["published"] = sys.modules["PySide6.support.signature.parser"] is parts[3]
for wrong in (lambda: QPoint("a", 3), lambda: QTimer.singleShot("soon"), lambda: QPoint().setX("a")):
    try:
        wrong()
    except TypeError as error:
        told.setdefault("said", []).append(str(error))
told["layout"] = "create_signature" in dir(parts[2])
print(json.dumps(told))
"""


def _told(load: str) -> dict[str, object]:
    script = _TOLD.format(load=load, parts=PARTS)
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert made.returncode == 0, made.stderr
    found: dict[str, object] = json.loads(made.stdout)
    return found


def test_the_program_starts_without_the_texts_of_wrong_calls_and_has_them_when_a_call_is_wrong():
    """A later PySide6 that loads itself in another way fails here, and costs 55 ms, but starts."""
    ours, plain = _told("from gui import bindings; bindings.load()"), _told("import PySide6")
    assert (ours["read"], ours["hooked"]) == ([], False), "compiled at the start, or every import goes by PySide6"
    assert (len(plain["read"]), plain["hooked"]) == (len(PARTS), True), "nothing is put off any more"
    assert ours["said"] == plain["said"]
    assert "Supported signatures" in ours["said"][0]
    assert (ours["published"], ours["layout"]) == (True, True)


def test_enumerations_without_members_answer_like_those_that_have_them():
    """Each of some 650, by whatever is asked first, in a process where members are put off and in one where not."""
    ways = {}
    for way in ("late", "standard"):
        command = [sys.executable, "-m", "tests.gui.enumerations", way]
        made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert made.returncode == 0, made.stderr
        ways[way] = json.loads(made.stdout)
    assert len(ways["standard"]) > 600
    assert ways["late"].keys() == ways["standard"].keys()
    assert [name for name, one in ways["standard"].items() if ways["late"][name] != one] == []


_AT_ONCE = """
import threading
from gui import bindings; bindings.load()
from PySide6.QtCore import Qt
gate, found = threading.Barrier(8), []
def ask():
    gate.wait()
    found.append((Qt.Key(65), Qt.Key.Key_A, len(Qt.Key), Qt.Key["Key_Z"]))
threads = [threading.Thread(target=ask) for _ in range(8)]
[each.start() for each in threads], [each.join() for each in threads]
print(len(found), len(set(found)), all(one[0] is one[1] for one in found), found[0][2] == len(Qt.Key))
"""


def test_eight_threads_that_ask_first_get_the_same_members():
    made = subprocess.run([sys.executable, "-c", _AT_ONCE], capture_output=True, text=True, check=True, timeout=60)
    assert made.stdout.split() == ["8", "1", "True", "True"]
