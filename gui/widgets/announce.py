"""Say something to a screen reader: verdicts, the end of a job, the lock."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Announce `text` in `widget`'s name; nothing happens where nobody listens."""
    if not text:
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # 2 ms that a silent start does without

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
