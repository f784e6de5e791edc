"""What a dialog achieved, as the sentence of a banner."""

from typing import Any

from PySide6.QtCore import QObject

from core.model.devices import Device, DeviceState
from core.model.keys import Key, KeyState, Verdict
from core.model.links import Link, LinkState, ReadBack
from core.services.exports import Exported
from core.services.keys import Compared
from core.words.say import sentence
from core.words.states import printed_identity
from core.words.verdicts import READINGS, verdict


class Outcomes(QObject):
    """A QObject, so that translators find its sentences."""

    def told(self, result: Any, *, lone: bool) -> tuple[str, str]:
        """(banner kind, sentence)."""
        if isinstance(result, Compared):
            return self._compared(result, lone=lone)
        if isinstance(result, ReadBack):
            lines = "; ".join(
                f"{each.device or printed_identity(each.identity)}: {READINGS[each.reading]}" for each in result.keys
            )
            return ("ok" if result.passed else "warn"), lines
        if isinstance(result, Exported):
            return self._exported(result)
        if isinstance(result, Key):
            return "ok", self._key(result)
        if isinstance(result, Device):
            gone = self.tr("{name} is retired; its links and keys ended with it.")
            here = self.tr("{name} is on file.")
            return "ok", (gone if result.state is DeviceState.RETIRED else here).format(name=result.name)
        if isinstance(result, Link):
            gone, here = self.tr("{name} is retired."), self.tr("{name} is on file.")
            return "ok", (gone if result.state is LinkState.RETIRED else here).format(name=result.name)
        return "ok", self.tr("It is done and recorded in the activity log.")

    def _compared(self, result: Compared, *, lone: bool) -> tuple[str, str]:
        found = result.finding.verdict
        kind = "ok" if found is Verdict.MATCH else "warn" if found in (Verdict.MISREAD, Verdict.TOO_WEAK) else "bad"
        return kind, verdict(result.finding, result.compared, result.tries_left, lone=lone)

    def _exported(self, result: Exported) -> tuple[str, str]:
        said = self.tr("{count} folders were written and read back, the first: {folder}.")
        text = said.format(count=len(result.exports), folder=result.exports[0].folder)
        left = " ".join(f"{name}: {sentence(why)}" for name, why in result.refused[:3])
        return ("warn", f"{text} {left}") if left else ("ok", text)

    def _key(self, key: Key) -> str:
        if key.state is KeyState.QUARANTINED:
            return self.tr("The key is in quarantine and the links of the device are suspended.")
        if key.state is KeyState.WITHDRAWN:
            return self.tr("The key is withdrawn. Devices that hold it are marked until they are read back.")
        return self.tr("The key is kept as not verified. Compare it with the far end before it can be exported.")
