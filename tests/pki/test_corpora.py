"""pyca's own corpora of good, bad and strange files: each gets a verdict in words, none a traceback."""

from datetime import UTC, datetime
from pathlib import Path

import cryptography_vectors
import pytest

from core.crypto.armour import pieces
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, judge
from core.crypto.crls import read_crl
from core.crypto.requests import read_request
from core.errors.base import Expected
from core.model.checks import Checked
from core.words.checks import explained, found
from core.words.say import sentence
from tests.pki.hierarchies import make_root

X509 = Path(cryptography_vectors.__file__).parent / "x509"
FILES = sorted(path for path in X509.rglob("*") if path.is_file() and path.suffix in (".pem", ".der", ".crt", ".crl"))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ROOT = make_root().spki


def verdict(content: bytes) -> str:
    """What a person would be told of every piece in a file."""
    told = []
    for kind, body in pieces(content):
        if kind == "request":
            told.append(str(read_request(body).wishes))
        elif kind == "CRL":
            told.append(str(len(read_crl(body, ROOT).entries)))
        else:
            chain, against = judge(read_certificate(body), Files((), (), frozenset()), NOW)
            told += [*explained(Checked(kind, chain, None, None, against)), *(found(each) for each in against)]
    return " ".join(told)


def test_there_are_many() -> None:
    assert len(FILES) > 600


@pytest.mark.parametrize("start", range(0, len(FILES), 100))
def test_every_file_gets_its_verdict(start: int) -> None:
    for path in FILES[start : start + 100]:
        try:
            said = verdict(path.read_bytes())
        except Expected as refusal:
            said = sentence(refusal)
        except Exception as error:
            raise AssertionError(f"{path.relative_to(X509)}: {error!r}") from error
        assert said.isprintable(), path
