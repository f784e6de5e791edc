"""A wizard that asks for a device can make one on the way: every choice has "New device" beside it."""

from typing import Any

from PySide6.QtWidgets import QPushButton, QSizePolicy

from gui.wizards.device import DeviceWizard
from gui.wizards.wizard import Wizard


class WithNewDevice(Wizard):
    """What is made is offered at once, and chosen."""

    def device_button(self) -> QPushButton:
        """The button that stands beside the choice."""
        button = QPushButton(self.tr("Ne&w device\u2026"))
        button.setObjectName("newDevice")
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._new_device)
        return button

    def _new_device(self) -> None:
        inner = DeviceWizard(self.bench, "")
        inner.setParent(self, inner.windowFlags())
        inner.done_with.connect(self._device_made)
        inner.wanted.connect(self.wanted)
        inner.finished.connect(self.activateWindow)
        self.opens.emit(inner)

    def _device_made(self, device: Any) -> None:
        self.look_again()
        page = self.here()
        if page is not None:
            page.pull()
        self.made_device(device.name)

    def made_device(self, name: str) -> None:
        """Override: what a device that was just made is for."""
        raise NotImplementedError
