"""The paper of a root key ceremony: the script before it, the record after it, always from the signed rows."""

from datetime import datetime

from core.model.authorities import CaKey
from core.model.ceremony import Closed, Made, Record
from core.model.papers import Blanks, Code, Heading, Items, Lines, Paper, Part, Table, Text
from core.words import papers
from core.words.ceremony import spoken
from core.words.hierarchy import CA_KEYS
from core.words.people import DUTIES
from core.words.tongue import told, tr

_TITLE = tr("Root key ceremony: {workspace}")
_SCRIPT = tr("{organisation}. Script: nothing has been made yet. Each step is filled in by hand as it is done.")
_OPEN = tr("{organisation}. Record, not closed yet: what is blank is still to be done.")
_SHUT = tr("{organisation}. Record, closed by {by} on {time}.")
_DRAFT = tr("NOT CLOSED")
_FOOT = tr("{organisation}, {workspace}: root key ceremony")
_PEOPLE, _STEPS, _ROOT = tr("People"), tr("Script"), tr("The root certificate")
_COPIES, _EXCEPTIONS, _CLOSING = tr("Backups"), tr("Exceptions"), tr("Closing")
_LEDGER, _SIGNATURES = tr("Checkpoint of the ledger"), tr("Signatures")
_NAME, _PART, _STEP, _DONE = tr("Name"), tr("Part"), tr("Step"), tr("Done")
_SCRIPTED = (
    (tr("Everybody who will hold the key is in the room and gives their name. Nobody else can watch."), "people"),
    (tr("Every cable is unplugged and every radio is off; the program lists the interfaces."), "network"),
    (tr("The machine's clock is compared with a watch, to the minute."), "clock"),
    (tr("Every field of the certificate is read aloud from the screen before anything is made."), "fields"),
    (tr("Each custodian types an own passphrase; the key is made and the root signs its certificate."), "made"),
    (tr("The fingerprint is read aloud; a second person types it back; everybody writes it down."), "read_back"),
    (tr("The root signs its first CRL."), "crl"),
    (tr("Backups are written to media of their own and read again from there."), "backups"),
    (tr("Whatever went another way than this script says is entered under Exceptions."), "exceptions"),
    (tr("The machine is powered off, the medium is sealed, and the next ceremony is planned."), "closed"),
)
_FIELDS = (
    (tr("Subject"), "subject"),
    (tr("Key"), "key"),
    (tr("On token"), "source"),
    (tr("Last day"), "until"),
    (tr("CRL at"), "crl_url"),
    (tr("Custodians"), "custodians"),
    (tr("Opened by"), "quorum"),
    (tr("Joined with a stick"), "sticks"),
)
_ENDING = (
    (tr("Powered off at"), "powered_off"),
    (tr("Seal number"), "seal"),
    (tr("Kept at"), "place"),
    (tr("Next planned date"), "next_planned"),
)
_HEX, _WORDS = tr("SHA-256 of the certificate, as hex:"), tr("The same as words:")
_ANY = tr("any {quorum} of {people}")
_NONE_UP = tr("none with a carrier")
_UNASKED = tr("not asked by the program")
_UP = tr("with a carrier: {names}")
_RIGHT = tr("compared")
_BY = tr("{time}, typed by {by}")
_TO = tr("{time} by {by}")
_CRL = tr("number {number}, valid until {until}")
_COUNT = tr("{count} written and verified")
_SEALED = tr("{time} by {by}")
_NETWORK_UP = tr("The network was up: {because}. Witness: {witness}.")
_NO_EXCEPTION = tr("None was recorded.")
_KEEP = tr("Keep this paper where the file is not: who rolls the file back cannot roll this back.")
_WHEN, _COPY, _READ = tr("Written"), tr("SHA-256 of the file"), tr("Read again at closing")
_YES, _NO = tr("yes"), tr("not yet")
_SIGN = (tr("Signature"), tr("Date and time"))
_WHAT, _AGREED = tr("What went another way, why, and who agreed"), tr("Initials")
_PARTS = {
    "operator": tr("operator"),
    "custodian": tr("custodian"),
    "second": tr("second person"),
    "witness": tr("witness"),
}
_BLANK_ROWS = 3
_BLANK = "_" * 24


def paper(record: Record) -> Paper:
    """The record as it stands; before the root is made, the script with blanks."""
    facts = {"workspace": record.workspace, "organisation": record.organisation or record.workspace}
    made, closed = record.made, record.closed
    marks = [told(papers.REHEARSAL, {})] if record.rehearsal else []
    marks += [told(_DRAFT, {})] if made and not closed else []
    subtitle = told(_SCRIPT if made is None else _OPEN, facts)
    if closed is not None:
        subtitle = told(_SHUT, {**facts, "by": _full(record, closed.by), "time": _time(closed.time)})
    parts = [*_people(record), *_steps(record), *(_root(made) if made else []), *_copies(record)]
    parts += [*_exceptions(record), *_closing(closed), *_signatures(record), *_vouching(record)]
    return Paper(
        kind="ceremony",
        title=told(_TITLE, facts),
        subtitle=subtitle,
        marks=tuple(marks),
        foot=(told(_FOOT, facts), *papers.head(record.checkpoint)),
        parts=tuple(parts),
        page=told(papers.PAGE, {"page": "{page}", "pages": "{pages}"}),
        source=told(papers.SOURCE, {"sha256": "{sha256}"}),
    )


def _time(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"


def _full(record: Record, name: str) -> str:
    return next((f"{each.full_name} ({each.name})" for each in record.people if each.name == name), name)


def _people(record: Record) -> list[Part]:
    made, rows = record.made, []
    for each in record.people:
        part = []
        if made is not None:
            part += [told(_PARTS["operator"], {})] if each.name == made.operator else []
            part += [told(_PARTS["custodian"], {})] if each.name in made.custodians else []
            part += [told(_PARTS["second"], {})] if record.read_back and record.read_back[1] == each.name else []
        else:
            part = [told(DUTIES[duty], {}) for duty in sorted(each.duties)]
        if part:
            rows.append((_full(record, each.name), ", ".join(part)))
    if made is not None and made.witness:
        rows.append((made.witness, told(_PARTS["witness"], {})))
    return [Heading(1, told(_PEOPLE, {})), Table((told(_NAME, {}), told(_PART, {})), tuple(rows))]


def _steps(record: Record) -> list[Part]:
    done = _done(record)
    rows = tuple(
        (f"{at}", told(step, {}), done.get(name, "") or _BLANK) for at, (step, name) in enumerate(_SCRIPTED, 1)
    )
    return [Heading(1, told(_STEPS, {})), Table(("", told(_STEP, {}), told(_DONE, {})), rows)]


def _done(record: Record) -> dict[str, str]:
    """What the rows say of each step of the script."""
    made, closed = record.made, record.closed
    if made is None:
        return {}
    began = _time(made.began)
    number, until = made.crl.split(", ") if made.crl else ("", "")
    found = {
        "people": began,
        "network": _network(made),
        "clock": told(_RIGHT, {}) if made.clock_checked else "",
        "fields": began,
        "made": told(_TO, {"time": _time(made.ended), "by": _full(record, made.operator)}),
        "crl": told(_CRL, {"number": number, "until": until}) if made.crl else "",
        "backups": told(_COUNT, {"count": len(record.backups)}) if record.backups else "",
    }
    if record.read_back:
        time, by = record.read_back
        found["read_back"] = told(_BY, {"time": _time(time), "by": _full(record, by)})
    if closed is not None:
        found["exceptions"] = found["closed"] = told(
            _SEALED, {"time": _time(closed.time), "by": _full(record, closed.by)}
        )
    return found


def _network(made: Made) -> str:
    if made.network is None:
        return told(_UNASKED, {})
    return told(_UP, {"names": made.network}) if made.network else told(_NONE_UP, {})


def _root(made: Made) -> list[Part]:
    facts = {
        **vars(made),
        "key": told(CA_KEYS[CaKey(made.key)], {}),
        "custodians": ", ".join(made.custodians),
        "quorum": told(_ANY, {"quorum": made.quorum, "people": len(made.custodians)}),
        "sticks": ", ".join(made.sticks),
    }
    rows = tuple((told(what, {}), str(facts[name])) for what, name in _FIELDS if facts[name])
    words = spoken(made.sha256).split(" ")
    return [
        Heading(1, told(_ROOT, {})),
        Table((), rows),
        Text(told(_HEX, {}), strong=True),
        Lines(grouped(made.sha256)),
        Text(told(_WORDS, {}), strong=True),
        Lines(tuple(" ".join(words[at : at + 4]) for at in range(0, len(words), 4))),
    ]


def grouped(fingerprint: str) -> tuple[str, ...]:
    """Four lines of four groups, as people read them out."""
    groups = [fingerprint[at : at + 4].upper() for at in range(0, len(fingerprint), 4)]
    return tuple(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def _copies(record: Record) -> list[Part]:
    if not record.backups:
        return []
    again = record.closed.copies if record.closed else ()
    rows = tuple(
        (_time(each.time), each.sha256, told(_YES if each.sha256 in again else _NO, {})) for each in record.backups
    )
    return [Heading(1, told(_COPIES, {})), Table((told(_WHEN, {}), told(_COPY, {}), told(_READ, {})), rows)]


def _exceptions(record: Record) -> list[Part]:
    made, closed, found = record.made, record.closed, []
    if made is not None and made.network_up_because:
        found.append(told(_NETWORK_UP, {"because": made.network_up_because, "witness": made.witness}))
    if closed is not None and closed.exceptions:
        found.append(closed.exceptions)
    head = Heading(1, told(_EXCEPTIONS, {}))
    if closed is not None:
        return [head, Items(tuple(found)) if found else Text(told(_NO_EXCEPTION, {}))]
    form = Blanks((told(_WHAT, {}), told(_AGREED, {})), tuple(f"{at}" for at in range(1, _BLANK_ROWS + 1)))
    return [head, *([Items(tuple(found))] if found else []), form]


def _closing(closed: Closed | None) -> list[Part]:
    head = Heading(1, told(_CLOSING, {}))
    if closed is None:
        return [head, Blanks(("",), tuple(told(what, {}) for what, _ in _ENDING))]
    return [head, Table((), tuple((told(what, {}), getattr(closed, name)) for what, name in _ENDING))]


def _signatures(record: Record) -> list[Part]:
    made = record.made
    present = [each.name for each in record.people]
    if made is not None:
        second = (record.read_back[1],) if record.read_back else ()
        present = list(dict.fromkeys((made.operator, *made.custodians, *second)))
    named = [_full(record, name) for name in present] + ([made.witness] if made and made.witness else [])
    return [Heading(1, told(_SIGNATURES, {})), Blanks(tuple(told(each, {}) for each in _SIGN), tuple(named))]


def _vouching(record: Record) -> list[Part]:
    if not record.checkpoint:
        return []
    return [
        Heading(1, told(_LEDGER, {})),
        Text(told(_KEEP, {}), strong=True),
        Lines(tuple(record.checkpoint.splitlines())),
        Code(record.checkpoint, told(_LEDGER, {})),
    ]
