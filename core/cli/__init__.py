"""The command line: the same commands and services as the window, without Qt (../shared/cli.md is the promise)."""
