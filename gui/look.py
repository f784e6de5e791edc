"""Colours, light and dark, with the contrasts of the design; Fusion on Linux, the native style elsewhere."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

LIGHT = {
    "bg": "#F5F7FA", "surface": "#FFFFFF", "raised": "#EEF1F5", "border": "#C5CCD6", "ctl": "#7A8594",
    "text": "#18212D", "text2": "#505C6B", "accent": "#1A5FB4", "on": "#FFFFFF", "ok": "#1A6B3A",
    "okbg": "#E3F4E9", "warn": "#8A5200", "warnbg": "#FFF2D1", "bad": "#B3261E", "badbg": "#FCE8E6", "infobg": "#E4EEFB",
    "root": "#6B3FA0",
}  # fmt: skip
DARK = {
    "bg": "#14181E", "surface": "#1B2129", "raised": "#232B35", "border": "#3A4553", "ctl": "#7C8899",
    "text": "#E7EBF1", "text2": "#A8B3C1", "accent": "#78B0F5", "on": "#0B1220", "ok": "#6CCB92",
    "okbg": "#163524", "warn": "#F0B95B", "warnbg": "#3A2C0D", "bad": "#FF9A90", "badbg": "#431B18", "infobg": "#1A2E48",
    "root": "#B79BE8",
}  # fmt: skip

# Fusion draws the edges of inputs darker than the window, which nobody sees on a dark one; so wizards draw their own.
# Text sizes are in the sheet, not in fonts of their own, so that one setting makes all of them grow.
_SHEET = """
QFrame[kind="info"] {{ background: {infobg}; border: 1px solid {accent}; border-radius: 6px; }}
QFrame[kind="ok"] {{ background: {okbg}; border: 1px solid {ok}; border-radius: 6px; }}
QFrame[kind="warn"] {{ background: {warnbg}; border: 1px solid {warn}; border-radius: 6px; }}
QFrame[kind="bad"] {{ background: {badbg}; border: 1px solid {bad}; border-radius: 6px; }}
QFrame[card="true"], QPushButton[card="true"] {{
  background: {surface}; border: 1px solid {border}; border-radius: 8px; text-align: left; }}
QPushButton[card="true"]:hover, QPushButton[card="true"]:focus {{ border: 1px solid {accent}; }}
QPushButton[card="true"]:focus {{ border: 2px solid {accent}; }}
QFrame[inset="true"] {{ background: {raised}; border: 1px solid {border}; border-radius: 4px; }}
QFrame[inset="true"]:focus {{ border: 2px solid {accent}; }}
QFrame[pane="true"] {{ background: {surface}; border: none; border-left: 1px solid {border}; }}
QFrame[pane="below"] {{ background: {surface}; border: none; border-top: 1px solid {border}; }}
QLabel[heading="page"] {{ font-size: {page}pt; font-weight: bold; }}
QLabel[heading="number"] {{ font-size: {number}pt; font-weight: 600; }}
QLabel[heading="part"] {{ font-weight: bold; }}
QLabel[mono="true"] {{ font-family: "{mono}"; font-size: {fixed}pt; }}
QLabel[problem="true"] {{ color: {bad}; }}
QLabel[quiet="true"]:enabled {{ color: {text2}; }}
QToolBar {{ border: none; border-bottom: 1px solid {border}; padding: 4px; spacing: 6px; background: {bg}; }}
QToolBar QToolButton {{ padding: 4px 8px; }}
QLabel#rootEdge {{ border-top: 4px solid {root}; color: {root}; font-weight: bold; padding: 3px 20px; }}
QListWidget#nav {{ border: none; border-right: 1px solid {border}; background: {bg}; outline: none; }}
QScrollArea, QScrollArea > QWidget > QWidget[clear="true"] {{ background: transparent; border: none; }}
QStatusBar {{ background: {bg}; }}
QStatusBar::item {{ border: none; }}
QPushButton {{ padding: 5px 12px; }}
QPushButton[primary="true"]:enabled {{
  background: {accent}; color: {on}; border: 1px solid {accent}; border-radius: 3px; padding: 5px 12px; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {text}; }}
QWizard QLineEdit, QWizard QPlainTextEdit, QWizard QListWidget {{
  background: {surface}; border: 1px solid {ctl}; border-radius: 3px; padding: 2px 4px; }}
QWizard QLineEdit:focus, QWizard QPlainTextEdit:focus, QWizard QListWidget:focus {{
  border: 2px solid {accent}; padding: 1px 3px; }}
QWizard QRadioButton::indicator {{
  width: {dot}px; height: {dot}px; border: 1px solid {ctl}; border-radius: {round}px; background: {surface}; }}
QWizard QRadioButton::indicator:checked {{ border-color: {accent}; background: qradialgradient(
  cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 {accent}, stop: 0.5 {accent}, stop: 0.6 {surface}); }}
QWizard QRadioButton:focus {{ border: 1px solid {accent}; border-radius: 3px; }}
QWizard QCheckBox::indicator:unchecked, QWizard QListWidget::indicator:unchecked {{ border: 1px solid {ctl}; border-radius: 2px; background: {surface}; }}
"""

_now: dict[str, str] = LIGHT
_zoom = 1.0


def tokens(choice: str) -> dict[str, str]:
    """The colours of "light", "dark" or "system" (where the system says nothing, light)."""
    if choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def colour(name: str) -> QColor:
    """A token's colour in the look that stands now."""
    return QColor(_now[name])


def grown(pixels: int) -> int:
    """A size in pixels, as much larger as the text is."""
    return round(pixels * _zoom)


def style(app: QApplication) -> None:
    """Fusion on Linux. Once: under a style sheet the style is another, and setting it again ends the sheet's; before
    there are widgets, each of which would be polished by it first (6 ms)."""
    if sys.platform.startswith("linux") and not app.property("fusion"):
        app.setStyle("Fusion")
        app.setProperty("fusion", "once")


def dress(app: QApplication, choice: str, zoom: int = 100) -> None:
    """Give the whole program its colours and its text size (`zoom` in per cent of the system's)."""
    global _now, _zoom
    _zoom = zoom / 100
    style(app)
    _now = tokens(choice)
    app.setPalette(_palette(_now))
    base = app.property("basePointSize") or app.font().pointSize()
    app.setProperty("basePointSize", base)
    size = max(6, round(base * zoom / 100))
    font = app.font()
    if font.pointSize() != size:  # even the same font tells every widget that it has another
        font.setPointSize(size)
        app.setFont(font)
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    dot = round(12 * zoom / 100)
    sizes = {"page": size + 6, "number": size * 2, "fixed": dot, "dot": dot, "round": dot // 2 + 1}
    app.setStyleSheet(_SHEET.format(**_now, **sizes, mono=mono))


def _palette(colours: dict[str, str]) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in (
        (roles.Window, "bg"), (roles.WindowText, "text"), (roles.Base, "surface"), (roles.AlternateBase, "bg"),
        (roles.Text, "text"), (roles.Button, "raised"), (roles.ButtonText, "text"), (roles.Highlight, "accent"),
        (roles.HighlightedText, "on"), (roles.PlaceholderText, "text2"), (roles.ToolTipBase, "surface"),
        (roles.ToolTipText, "text"), (roles.Link, "accent"), (roles.Mid, "ctl"), (roles.Accent, "accent"),
        (roles.Light, "surface"), (roles.Midlight, "raised"), (roles.Dark, "ctl"), (roles.BrightText, "bad"),
    ):  # fmt: skip
        palette.setColor(role, QColor(colours[name]))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["ctl"]))
    return palette
