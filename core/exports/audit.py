"""Ledger rows as lines for other systems' logs: JSON lines, RFC 5424 syslog, CEF. One line a row, whatever it holds.

Texts in rows come from people and from refused input, so each format's own escaping is all that keeps a name from
becoming a second event. In syslog and CEF the row's own JSON travels with it as far as there is room; JSON lines
always hold all of it, byte for byte.
"""

import base64
import json
import re
from datetime import datetime
from typing import Any

from core.model.audit import LogFormat, StoredRow

# RFC 5612: the number for examples; there is none of our own, and 5424 wants one for names that IANA did not assign.
SD_ID = "anchorhold@32473"
LONGEST_SYSLOG = 8192  # octets of a line; rsyslog's default limit, over which receivers cut (RFC 5424 6.1)
LONGEST_CEF_FIELD = 4000  # characters of a custom string
_AUDIT, _NOTICE, _WARNING = 13, 5, 4  # facility "log audit" and severities of RFC 5424 6.2.1
_TROUBLE = ("refused", "sign-in.failed", "key.quarantined", "key.suspected")
# C0, C1, separators, zero-width and direction characters: what could break a line or make it read as another.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_BOM = "\ufeff"


def shown(text: str) -> str:
    """A text with every such character replaced."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _json(text: str) -> str:
    """The row's JSON, the same value, with such characters as escapes (they stand in strings only)."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def line(form: LogFormat, row: StoredRow) -> str:
    """One row as one line, its line feed included."""
    return _LINES[form](row) + "\n"


def jsonl(row: StoredRow) -> str:
    """The whole row: canonical JSON around the very bytes that were signed."""
    return f'{{"body":{row.text},"leaf":"{row.leaf.hex()}","signature":"{row.signature.hex()}"}}'


def _subjects(body: dict[str, Any]) -> str:
    told = [f"{each['table']} {each['id']} {each['name'][:40]}".rstrip() for each in body["subjects"][:20]]
    more = len(body["subjects"]) - len(told)
    return shown(", ".join(told) + (f" and {more} more" if more > 0 else ""))


def _signature(row: StoredRow) -> str:
    return base64.b64encode(row.signature).decode()


def _trouble(body: dict[str, Any]) -> bool:
    return body["action"] in _TROUBLE


def syslog(row: StoredRow) -> str:
    """RFC 5424. The message is the row's JSON in UTF-8 behind a byte order mark (6.4), left out where it is too long."""
    body = json.loads(row.text)
    priority = _AUDIT * 8 + (_WARNING if _trouble(body) else _NOTICE)
    params = {
        "workspace": body["workspace"],
        "actor": body["actor"],
        "duty": body["duty"],
        "ticket": body["ticket"],
        "subjects": _subjects(body),
        "leaf": row.leaf.hex(),
        "signature": _signature(row),
    }
    told = " ".join(f'{name}="{sd_value(shown(value))}"' for name, value in params.items())
    head = f"<{priority}>1 {body['time']} - anchorhold - {msgid(body['action'])}"
    head += f' [meta sequenceId="{row.number}"][{SD_ID} {told}]'
    whole = f"{head} {_BOM}{_json(row.text)}"
    return whole if len(whole.encode()) < LONGEST_SYSLOG else head


def sd_value(text: str) -> str:
    """RFC 5424 6.3.3: a backslash before quotation mark, backslash and closing bracket, and nowhere else."""
    return re.sub(r'(["\\\]])', r"\\\1", text)


def msgid(action: str) -> str:
    """MSGID: 1 to 32 printable ASCII characters (6.2.7)."""
    return re.sub("[^!-~]", "?", action)[:32] or "-"


def cef(row: StoredRow) -> str:
    """ArcSight Common Event Format, version 0."""
    body = json.loads(row.text)
    version = str(body["program"]).removeprefix("anchorhold ")
    severity = "7" if _trouble(body) else "3"
    head = ("Anchorhold", "Anchorhold", version, body["action"], body["action"], severity)
    fields = {
        "rt": str(int(datetime.fromisoformat(body["time"]).timestamp() * 1000)),
        "externalId": str(row.number),
        "suser": body["actor"],
        "spriv": body["duty"],
        "outcome": "failure" if body["action"] in ("refused", "sign-in.failed") else "success",
        "cs1Label": "workspace",
        "cs1": body["workspace"],
        "cs2Label": "ticket",
        "cs2": body["ticket"],
        "cs3Label": "subjects",
        "cs3": _subjects(body),
        "cs4Label": "leaf",
        "cs4": row.leaf.hex(),
        "cs5Label": "signature",
        "cs5": _signature(row),
    }
    text = _json(row.text)
    if len(text) <= LONGEST_CEF_FIELD:
        fields |= {"cs6Label": "row", "cs6": text}
    told = " ".join(f"{name}={cef_value(shown(value))}" for name, value in fields.items() if value)
    return f"CEF:0|{'|'.join(cef_header(shown(each)) for each in head)}|{told}"


def cef_header(text: str) -> str:
    """A header field: a backslash before backslash and bar."""
    return re.sub(r"([\\|])", r"\\\1", text)


def cef_value(text: str) -> str:
    """An extension value: a backslash before backslash and equals sign; no line ends are left at this point."""
    return re.sub(r"([\\=])", r"\\\1", text)


_LINES = {LogFormat.JSONL: jsonl, LogFormat.RFC5424: syslog, LogFormat.CEF: cef}
