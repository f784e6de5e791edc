"""Clauses quote the guidance word for word, and every refusal that names a clause names one that exists."""

import importlib
import pkgutil
from importlib.resources import files

import pytest

import core.errors
from core.errors.base import Expected
from core.errors.comparison import EmailNeverCounts
from core.errors.revocation import CrlNumberSpent
from core.model.clauses import Clause
from core.policy.clauses import clauses, quote
from core.policy.register import standards
from core.words.say import say

TEXT = (files("resources") / "policy" / "ncsc-2019.txt").read_text(encoding="utf-8")


def folded(text: str) -> str:
    """White space aside: the published page has line breaks and no-break spaces of its own."""
    return " ".join(text.split())


def every_error() -> list[type[Expected]]:
    for module in pkgutil.iter_modules(core.errors.__path__):
        importlib.import_module(f"core.errors.{module.name}")
    found, waiting = [], [Expected]
    while waiting:
        below = waiting.pop().__subclasses__()
        found += below
        waiting += below
    return found


def test_there_are_105_demands() -> None:
    assert len(clauses()) == 105


@pytest.mark.parametrize("clause", clauses().values(), ids=lambda clause: clause.id)
def test_a_quote_is_word_for_word(clause: Clause) -> None:
    assert folded(clause.quote) in folded(TEXT)
    assert clause.asks
    assert clause.strength


def test_every_clause_of_a_refusal_exists() -> None:
    named = {error.clause for error in every_error() if error.clause}
    assert "SL2" in named
    assert {clause for clause in named if not quote(clause)} == set(standards())  # every one of them, and none else


def test_a_refusal_names_the_section_of_its_rfc() -> None:
    said = say(CrlNumberSpent("ipsec-g1", 2**31))
    assert said.quote == ""
    assert said.basis == "RFC 5280 section 5.2.3: CRL numbers only rise, and within what gateways hold"
    assert say(EmailNeverCounts()).basis.startswith('NCSC S-g-2: "')


def test_a_refusal_quotes_its_clause() -> None:
    said = say(EmailNeverCounts())
    assert said.clause == "S-g-2"
    assert "email, HTTP or telephone" in said.quote
