"""Runs under the system's Python with pyatspi: answers, one JSON line a request, what a screen reader sees.

Requests: {"do": "find", "id": NAME} gives the shown node whose object name is NAME, or null; {"do": "cell", "name":
TEXT} the table cell of that text; {"do": "nodes"} every shown node; {"do": "press", "id": NAME} presses one through
the Action interface. A node is a dictionary of id, name, role, text, description, states, extents (x, y, width, height
on the screen) and clip, the extents of the scrolling area it lies in.
"""

import json
import sys

import pyatspi

LEAVES = {"table", "list item", "tree table", "menu bar"}  # their many children are asked for by "nodes" alone
SHOWN = ("enabled", "checked", "focused", "showing", "editable", "selected")


def _programs():
    desktop = pyatspi.Registry.getDesktop(0)
    return [each for each in desktop if each is not None and each.name.casefold() == "anchorhold"]


def _walk(node, *, deep):
    """The node and what is shown below it."""
    yield node
    if not deep and node.getRoleName() in LEAVES:
        return
    for child in node:
        if child is not None and child.getState().contains(pyatspi.STATE_SHOWING):
            yield from _walk(child, deep=deep)


def _own(node):
    return (node.accessibleId or "").rpartition(".")[2]


def _text(node):
    try:
        return node.queryText().getText(0, -1)
    except NotImplementedError:
        return ""


def _extents(node):
    try:
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    except NotImplementedError:
        return None
    return [box.x, box.y, box.width, box.height]


def _clip(node):
    """The extents of the scrolling area that the node lies in."""
    above = node.parent
    while above is not None:
        if _own(above) == "qt_scrollarea_viewport":
            return _extents(above)
        above = above.parent
    return None


def _told(node):
    state = node.getState()
    states = [name for name in SHOWN if state.contains(getattr(pyatspi, f"STATE_{name.upper()}"))]
    return {
        "id": _own(node), "name": node.name, "role": node.getRoleName(), "description": node.description,
        "text": _text(node), "states": states, "extents": _extents(node), "clip": None,
    }  # fmt: skip


def _shown(*, deep):
    for program in _programs():
        for window in reversed(list(program)):
            if window is not None and window.getState().contains(pyatspi.STATE_SHOWING):
                yield from _walk(window, deep=deep)


def _find(name):
    """The newest window's node wins: a dialog lies above its window."""
    return next((node for node in _shown(deep=False) if _own(node) == name), None)


def answer(request):
    """One request's answer."""
    if request["do"] == "nodes":
        return [_told(node) for node in _shown(deep=True)]
    if request["do"] == "cell":
        found = (node for node in _shown(deep=True) if node.getRoleName() == "table cell")
        node = next((node for node in found if node.name == request["name"]), None)
        return node and _told(node)
    node = _find(request["id"])
    if request["do"] == "press" and node is not None:
        return node.queryAction().doAction(0)
    return {**_told(node), "clip": _clip(node)} if node is not None else None


def main():
    for line in sys.stdin:
        try:
            said = {"answer": answer(json.loads(line))}
        except Exception as error:  # noqa: BLE001 - a window that closes while it is read is asked again
            said = {"gone": f"{type(error).__name__}: {error}"}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
