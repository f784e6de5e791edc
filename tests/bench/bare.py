"""The yardstick: a bare PySide6 window with one empty table."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QTableWidget(0, 6))
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
