"""One caller of each signing primitive and no function that signs a given file; every way around it is planted once."""

from pathlib import Path

import pytest

from tests.house.signing import findings, unused
from tests.house.sources import ROOT


def test_who_signs_is_in_the_table() -> None:
    assert findings(ROOT) == []


def test_the_table_has_no_row_too_many() -> None:
    assert unused(ROOT) == []


BAD = {
    "a given file": ("core/services/x.py", "def f(signing, path):\n    signing.sign(Signable.CERTIFICATE, path.read_bytes())"),
    "given bytes": (
        "core/services/issuing.py",
        "def sign(desk, signing, tbs):\n    issued = tbs\n    signing.sign(Signable.CERTIFICATE, issued.tbs)",
    ),
    "another caller": (
        "core/services/crls.py",
        "def quick(desk, signing, a):\n    intent = perform(desk, CRL_INTENDED, a.id)\n    signing.sign(Signable.CRL, intent.tbs)",
    ),
    "the primitive": ("core/crypto/crls.py", "def f(private, data):\n    return private.sign(data, algorithm)"),
    "the primitive, not called": ("core/crypto/crls.py", "def f(private):\n    return private.sign"),
    "in a module": ("core/crypto/odd.py", "made = key.sign(b'')"),
    "in a method": ("core/crypto/odd.py", "class Odd:\n    def f(self):\n        return self.key.sign(b'')"),
    "by its name": ("core/services/x.py", "def f(signing):\n    return getattr(signing, 'sign')"),
    "a CA key's function": ("core/services/x.py", "from core.crypto.cakeys import sign_with as other"),
    "the same by a module": ("core/services/x.py", "from core.crypto import cakeys\ncakeys.sign_with(key, data, 'sha256')"),
    "a token's key": ("core/cli/x.py", "from core.crypto.tokens import TokenKey"),
    "a private key read": ("core/services/x.py", "from core.crypto import issuance\nissuance.load_private(data)"),
    "a private key from a file": ("core/crypto/x.py", "def f(data):\n    return serialization.load_pem_private_key(data, None)"),
    "a key of one's own": ("core/crypto/x.py", "def f():\n    return ec.generate_private_key(curve)"),
    "the process asked": ("core/services/x.py", "def f(process, data):\n    return process.ask('sign', data, permit='', hash='')"),
    "a permit": ("core/services/x.py", "def f(signing):\n    return signing._process.permit(b'', kind, '', '')"),
    "a session's permit": ("gui/x.py", "def f(signing):\n    return signing._permit(kind, '')"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), BAD.values(), ids=BAD.keys())
def test_another_way_is_found(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert findings(tmp_path)
