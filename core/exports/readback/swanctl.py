"""strongSwan: `swanctl --list-certs --type pubkey`, the same with --raw (whole keys), and `pki --keyid`.

With --pem, swanctl 5.9.8 prints only "PEM encoding certificate failed" for raw keys; later PEM goes to the PEM reader.
"""

import re

from core.exports.readback.values import digest, whole
from core.model.keys import Form
from core.model.links import PrintedKey

_SHA1 = r"((?:[0-9a-f]{2}:){19}[0-9a-f]{2})"
_SUBJECT = re.compile(r'^\s*subject:\s+"([^"]*)"')
_KEYID = re.compile(rf"^\s*keyid(?: \([^)]*\))?:\s+{_SHA1}", re.IGNORECASE)
_SUBJKEY = re.compile(rf"^\s*subjkey(?: \([^)]*\))?:\s+{_SHA1}", re.IGNORECASE)
_TITLE = re.compile(r"(?m)^(\s*(?:keyid|subjkey) \([^)\n]*\)):\n\s*")
_END = 'subject: ""'
_RAW = re.compile(r"list-cert event \{([^}]*)\}")
_RAW_FIELD = re.compile(r"(\w+) ?= ?(\S+)")


def keys(text: str) -> list[PrintedKey]:
    return [*_raw(text), *_listed(text)]


def _raw(text: str) -> list[PrintedKey]:
    found = []
    for event in _RAW.findall(text):
        fields = dict(_RAW_FIELD.findall(event))
        data = fields.get("data", "")
        if fields.get("type") == "PUBKEY" and re.fullmatch(r"0x(?:[0-9a-f]{2})+", data):
            own = fields.get("has_privkey") == "yes"
            found.append(whole(fields.get("subject", ""), bytes.fromhex(data[2:]), own=own))
    return found


def _listed(text: str) -> list[PrintedKey]:
    """One entry has its subject first; `pki --keyid` prints no subject, and subjkey before keyid."""
    found: list[PrintedKey] = []
    identity, own = "", False
    values: list[tuple[str, str]] = []
    for line in [*_TITLE.sub(r"\1: ", text).splitlines(), _END]:
        subject = _SUBJECT.match(line)
        if subject:
            if values:
                found.append(PrintedKey(identity, own, tuple(values)))
            # A certificate's subject is a distinguished name, which no pin is bound to.
            identity, own, values = "" if "=" in subject[1] else subject[1], False, []
        own = own or "has private key" in line
        for form, pattern in ((Form.SPKI_SHA1, _KEYID), (Form.KEY_SHA1, _SUBJKEY)):
            value = pattern.match(line)
            if value:
                values.append(digest(form, value[1]))
    return found
