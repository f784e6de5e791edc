"""The words of a verification sheet, and each form of a key cut into groups that people can read out."""

from core.model.keys import Form
from core.services.sheets import Sheet
from core.words.states import identity
from core.words.tongue import told, tr
from core.words.verdicts import ALGORITHMS, CHANNELS, FORMS

_TITLE = tr("Verification sheet: {device}")
_INTRO = tr(
    "Hand this sheet to the person at the far end, in person or signed. They hold it against what their own machine says "
    "of the key of {device}; one form is enough. A sheet that came the same way as the key proves nothing."
)  # fmt: skip
_KEY = tr("{algorithm}, {bits} bits, identity {identity}")
_BY = tr("Compared by {operator} on {day} ({channel}, read by {reader}, ticket {ticket})")
_ALONE = tr("Compared by one person.")
_TELEPHONE = tr("Compared by telephone only.")
_REHEARSAL = tr("REHEARSAL: made for practice, not for a real network.")
_MADE = tr("{organisation}, {workspace}. Printed {made} UTC.")
_CHECKPOINT = tr(
    "Checkpoint of the ledger: keep this sheet where the file is not (anchorhold audit verify --checkpoint)."
)
_PIN = tr("SHA-256 in base64, as GnuTLS and curl take it")
_ORDER = (Form.SPKI_SHA256, Form.DIGITS, Form.WORDS)


def title(sheet: Sheet) -> str:
    """The heading."""
    return told(_TITLE, {"device": sheet.device.name})


def lines(sheet: Sheet) -> list[str]:
    """What stands above the forms."""
    key = {"algorithm": ALGORITHMS[sheet.key.public.algorithm], "bits": sheet.key.public.bits}
    found = [told(_REHEARSAL, {})] if sheet.rehearsal else []
    found += [
        told(_INTRO, {"device": sheet.device.name}),
        told(_KEY, {**key, "identity": identity(sheet.device.identity)}),
    ]
    for each in sheet.comparisons:
        day, channel = f"{each.time:%Y-%m-%d}", CHANNELS[each.channel]
        facts = {
            "operator": each.operator,
            "day": day,
            "channel": channel,
            "reader": each.reader,
            "ticket": each.ticket,
        }
        found.append(told(_BY, facts))
    found += [told(_ALONE, {})] if sheet.key.by_one_person else []
    return found + ([told(_TELEPHONE, {})] if sheet.key.telephone_only else [])


def foot(sheet: Sheet) -> str:
    """Where it was printed and when."""
    who = sheet.organisation or sheet.workspace
    return told(_MADE, {"organisation": who, "workspace": sheet.workspace, "made": f"{sheet.made:%Y-%m-%d %H:%M}"})


def checkpoint(sheet: Sheet) -> tuple[str, list[str]]:
    """What it is for, and its lines; no lines where there is none."""
    return told(_CHECKPOINT, {}), sheet.checkpoint.splitlines()


def forms(sheet: Sheet) -> list[tuple[str, list[str]]]:
    """(what it is, its lines): those people read out first, then what tools print."""
    order = [*_ORDER, *(form for form in sheet.forms if form not in _ORDER)]
    found = [(told(FORMS[form], {}), _cut(form, sheet.forms[form])) for form in order]
    return [*found, (told(_PIN, {}), [sheet.pin])]


def _cut(form: Form, text: str) -> list[str]:
    if form is Form.SPKI_SHA256:
        groups = [text[at : at + 4].upper() for at in range(0, len(text), 4)]
        return [" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]
    words = text.split(" ")
    across = {Form.DIGITS: 4, Form.WORDS: 4}.get(form, len(words))
    return [" ".join(words[at : at + across]) for at in range(0, len(words), across)]
