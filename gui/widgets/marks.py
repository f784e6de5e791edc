"""Word, icon and colour of every state: none is ever told by colour alone."""

from PySide6.QtGui import QIcon

from core.late import dataclass
from core.model.advice import Act
from core.model.links import Standing
from core.services.views import Health
from core.words.verdicts import HEALTHS, STANDINGS
from gui.widgets.icons import icon


@dataclass(frozen=True)
class Mark:
    """`tone` is a token of the look."""

    word: str
    name: str
    tone: str

    @property
    def icon(self) -> QIcon:
        """The icon in its colour."""
        return icon(self.name, self.tone)


_HEALTHS = {
    Health.SUSPENDED: ("player-pause", "bad"), Health.LOOKALIKE: ("alert-octagon", "bad"),
    Health.QUARANTINED: ("circle-x", "bad"), Health.CHANGED: ("shield-x", "bad"),
    Health.NO_KEY: ("circle-dashed", "text2"), Health.RECEIVED: ("alert-triangle", "warn"),
    Health.COMPARED: ("user", "warn"), Health.OVERDUE: ("clock-exclamation", "warn"),
    Health.TELEPHONE: ("phone", "warn"), Health.ROLLING: ("rotate-clockwise", "accent"),
    Health.VERIFIED: ("circle-check", "ok"), Health.RETIRED: ("archive", "text2"),
}  # fmt: skip
_STANDINGS = {
    Standing.MISSING: ("circle-dashed", "text2"), Standing.EXPORTED: ("file-export", "accent"),
    Standing.INSTALLED: ("plug-connected", "ok"), Standing.CONFIRMED: ("circle-check", "ok"),
    Standing.STALE: ("refresh", "warn"),
}  # fmt: skip
ACTS = {
    Act.FIRST_RUN: "file-plus", Act.DEVICE: "router", Act.LINK: "plus", Act.RECEIVE: "file-import",
    Act.COMPARE: "shield-check", Act.CHANGED: "arrows-exchange", Act.REJECT: "ban", Act.SUSPECT: "alert-octagon",
    Act.EXPORT: "file-export", Act.READBACK: "clipboard-check", Act.CARD: "file-text", Act.RETIRE_LINK: "archive",
    Act.RETIRE_DEVICE: "archive", Act.PEOPLE: "user", Act.APPROVE: "rubber-stamp", Act.REFUSE: "ban", Act.ENROL: "inbox", Act.ISSUE: "certificate", Act.ENROL_MANY: "inbox", Act.RENEW: "rotate-clockwise",
    Act.REVOKE: "ban", Act.PUBLISH: "refresh", Act.ENDPOINT: "file-export", Act.ROOT: "key", Act.SWITCH: "hierarchy-2", Act.DECIDE: "clock-exclamation", Act.SECOND_LOOK: "eye", Act.INTRODUCE: "plug-connected", Act.HEAR: "phone", Act.SUB_REQUEST: "plus", Act.SUB_RENEW: "rotate-clockwise", Act.SUB_PROPOSE: "file-import", Act.SUB_SIGN: "certificate", Act.SUB_INSTALL: "file-import",
    Act.CARRY_SEND: "file-export", Act.CARRY_TAKE: "file-import",
    Act.TICKET_PATTERN: "rubber-stamp", Act.TICKET_WIDEN: "rubber-stamp", Act.KEY_EXCEPTION: "key",
    Act.TRUST_ADD: "file-import", Act.TRUST_COMPARE: "phone",
    Act.CLOSE_CEREMONY: "archive", Act.RUN_OFF: "archive", Act.DESTROY: "archive", Act.SWITCH_BACK: "history",
    Act.CRL_TAKE: "file-import", Act.CHECK: "search", Act.LEDGER_REVIEW: "checklist", Act.KEEP_SIGN_IN: "key", Act.DRILL: "lock",
    Act.OWN_SHEET: "printer",
    Act.BACKUP: "archive", Act.BACKUP_TRY: "clipboard-check", Act.PUT_BACK: "history", Act.CRL_NONE: "ban",
    Act.ACCEPT_HEAD: "shield-check", Act.LOG_EXPORT: "file-export", Act.LOG_PROVE: "file-export",
    Act.LOG_CHECKPOINT: "file-export",
    Act.VERIFY_LOG: "checklist", Act.DUTIES: "clock-exclamation", Act.SIGN_OFF: "clipboard-check",
    Act.WAIVE: "player-pause", Act.RECORD: "file-plus", Act.RECORD_VERSION: "rotate-clockwise", Act.RECORD_END: "archive",
    Act.STATEMENT: "book", Act.PUBLISH_STATEMENT: "file-export", Act.CRL_VALIDITY: "clock-exclamation",
}  # fmt: skip
KINDS = {
    "info": ("info-circle", "accent"), "ok": ("circle-check", "ok"), "warn": ("alert-triangle", "warn"),
    "bad": ("shield-x", "bad"),
}  # fmt: skip


def health(of: Health) -> Mark:
    """How a key or link stands."""
    return Mark(HEALTHS[of], *_HEALTHS[of])


def standing(of: Standing) -> Mark:
    """Where a pin stands."""
    word = STANDINGS[of]
    return Mark(word[:1].upper() + word[1:], *_STANDINGS[of])
