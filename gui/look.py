"""Colours, light and dark, with the contrasts of the design; Fusion on Linux, the native style elsewhere."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

LIGHT = {
    "bg": "#F5F7FA", "surface": "#FFFFFF", "raised": "#EEF1F5", "border": "#C5CCD6", "ctl": "#7A8594",
    "text": "#18212D", "text2": "#505C6B", "accent": "#1A5FB4", "on": "#FFFFFF", "ok": "#1A6B3A",
    "okbg": "#E3F4E9", "warn": "#8A5200", "warnbg": "#FFF2D1", "bad": "#B3261E", "badbg": "#FCE8E6", "infobg": "#E4EEFB",
}  # fmt: skip
DARK = {
    "bg": "#14181E", "surface": "#1B2129", "raised": "#232B35", "border": "#3A4553", "ctl": "#7C8899",
    "text": "#E7EBF1", "text2": "#A8B3C1", "accent": "#78B0F5", "on": "#0B1220", "ok": "#6CCB92",
    "okbg": "#163524", "warn": "#F0B95B", "warnbg": "#3A2C0D", "bad": "#FF9A90", "badbg": "#431B18", "infobg": "#1A2E48",
}  # fmt: skip

_SHEET = """
QFrame[kind="info"] {{ background: {infobg}; border: 1px solid {accent}; border-radius: 6px; }}
QFrame[kind="ok"] {{ background: {okbg}; border: 1px solid {ok}; border-radius: 6px; }}
QFrame[kind="warn"] {{ background: {warnbg}; border: 1px solid {warn}; border-radius: 6px; }}
QFrame[kind="bad"] {{ background: {badbg}; border: 1px solid {bad}; border-radius: 6px; }}
QFrame[card="true"] {{ background: {surface}; border: 1px solid {border}; border-radius: 8px; }}
QLabel[problem="true"] {{ color: {bad}; }}
QLabel[quiet="true"] {{ color: {text2}; }}
QListWidget#nav {{ border: none; background: {bg}; }}
QListWidget#nav::item {{ padding: 8px; border-radius: 6px; }}
QListWidget#nav::item:selected {{ background: {accent}; color: {on}; }}
QPushButton {{ padding: 5px 12px; }}
"""


def tokens(choice: str) -> dict[str, str]:
    """The colours of "light", "dark" or "system" (where the system says nothing, light)."""
    if choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def dress(app: QApplication, choice: str, zoom: int = 100) -> None:
    """Give the whole program its colours and its text size (`zoom` in per cent of the system's)."""
    if sys.platform.startswith("linux"):
        app.setStyle("Fusion")
    colours = tokens(choice)
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in (
        (roles.Window, "bg"), (roles.WindowText, "text"), (roles.Base, "surface"), (roles.AlternateBase, "raised"),
        (roles.Text, "text"), (roles.Button, "raised"), (roles.ButtonText, "text"), (roles.Highlight, "accent"),
        (roles.HighlightedText, "on"), (roles.PlaceholderText, "text2"), (roles.ToolTipBase, "surface"),
        (roles.ToolTipText, "text"), (roles.Link, "accent"), (roles.Mid, "ctl"), (roles.Accent, "accent"),
    ):  # fmt: skip
        palette.setColor(role, QColor(colours[name]))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["ctl"]))
    app.setPalette(palette)
    app.setStyleSheet(_SHEET.format(**colours))
    base = app.property("basePointSize") or app.font().pointSize()
    app.setProperty("basePointSize", base)
    font = app.font()
    font.setPointSize(max(6, round(base * zoom / 100)))
    app.setFont(font)
