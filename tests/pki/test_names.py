"""Distinguished names: what is read, what is refused, and which two are one (RFC 5280 section 7.1)."""

import pytest

from core.crypto.names import from_text, from_x509, normal, text, to_x509
from core.errors.certificates import NameNotFit


def test_text_is_most_special_first() -> None:
    name = from_text("CN=gw1.example.net, O=Example Networks, C=GB")
    assert name == (("C", "GB"), ("O", "Example Networks"), ("CN", "gw1.example.net"))
    assert text(name) == "CN=gw1.example.net, O=Example Networks, C=GB"
    assert from_x509(to_x509(name)) == name


@pytest.mark.parametrize(
    ("untrusted", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("gw1.example.net", "shape"),
        ("CN=a" * 200, "long"),
        ("CN=gw1+O=Example", "joined"),
        ("emailAddress=noc@example.net,CN=x", "shape"),
        ("1.2.840.113549.1.9.1=noc@example.net,CN=x", "attribute"),
        ("C=Great Britain,CN=x", "shape"),
    ],
)
def test_what_is_refused_says_why(untrusted: str, why: str) -> None:
    with pytest.raises(NameNotFit) as caught:
        from_text(untrusted)
    assert caught.value.why == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CN=gw1,O=Example", "CN=GW1,O=example"),
        ("CN=gw1,O=Example  Networks", "CN=gw1,O=Example Networks"),
        ("CN=\uff47\uff57\uff11", "CN=gw1"),
        ("CN=gw\u00ad1", "CN=gw1"),
        ("CN=stra\u00dfe", "CN=STRASSE"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert normal(from_text(one)) == normal(from_text(other))


@pytest.mark.parametrize(("one", "other"), [("CN=gw1", "CN=gw2"), ("CN=gw1,O=A", "CN=gw1,OU=A"), ("CN=a b", "CN=ab")])
def test_two_names(one: str, other: str) -> None:
    assert normal(from_text(one)) != normal(from_text(other))
