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
