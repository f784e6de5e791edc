"""Every expected failure has its sentence: what happened, what did not, what to do; plain, British, harmless."""

import ast
import dataclasses
import importlib
import pkgutil
import re
import typing
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

import core.errors
from core.errors import base, cli, comparison, devices, keys, links, people, workspace
from core.errors.base import Expected, Refused
from core.model.audit import Fault
from core.model.keys import Finding, Form, Verdict
from core.model.links import Reading, Standing
from core.policy import profiles, register
from core.words import hierarchy
from core.words.audit import FAULTS, fault
from core.words.say import TEMPLATES, findings, say, sentence
from core.words.verdicts import FORMS, READINGS, STANDINGS, verdict
from tests.house.sources import calls, python_files

FAMILIES = (base.Expected, base.Refused, base.Damaged, base.Usage, base.Several)
# What to do is in the sentence itself (or there is nothing to do).
WITHOUT_DO = {
    base.Cancelled: "the person did it",
    cli.NoScreen: "the two commands stand in its one sentence",
    workspace.TextNotFit: "each reason says what to type",
}
BANNED = re.compile(r"!|\b(?:invalid|illegal|failed to|error|fatal|abort|sorry|oops|please try)\b", re.IGNORECASE)
AMERICAN = re.compile(
    r"\w*(?:olor\b|avor\b|[^s]ize[ds]?\b|izing\b|ization|yze|catalog\b|\bcenter)|\blicense|\bgray\b|\bjudgment|\bmath\b",
    re.IGNORECASE,
)
BRITISH_ALL_THE_SAME = {"size", "sizes", "sized"}
NASTY = "a\x1b[2Jb\u202ec\nd\x00e\u2028f\r{name}{0}"


def classes() -> list[type[Expected]]:
    for module in pkgutil.iter_modules(core.errors.__path__):
        importlib.import_module(f"core.errors.{module.name}")
    found: list[type[Expected]] = []
    waiting: list[type[Expected]] = [Expected]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith("core.") and one not in FAMILIES:
            found.append(one)
    return sorted(found, key=lambda one: (one.code, one.__name__))


CLASSES = classes()


def facts(one: type[Expected], text: str, *, empty: str = "") -> Iterator[dict[str, Any]]:
    """Sample facts for every field; one set for each reason of the class's template."""
    if not dataclasses.is_dataclass(one):
        yield {}
        return
    hints = typing.get_type_hints(one)
    samples: dict[type, Any] = {str: text, int: 3, bool: True}
    filled: dict[str, Any] = {}
    for field in dataclasses.fields(one):
        hint = hints[field.name]
        filled[field.name] = samples.get(hint, (text, "other"))
    filled |= {empty: ""} if empty else {}
    for why in (TEMPLATES[one].why or {"": ""}) if "why" in filled else [None]:
        yield filled if why is None else {**filled, "why": why or "a reason"}


def samples(text: str = "dc1-gw1") -> Iterator[Expected]:
    for one in CLASSES:
        without = TEMPLATES[one].without
        for empty in ("", without[0]) if without else ("",):
            yield from (one(**each) for each in facts(one, text, empty=empty))


SAMPLES = list(samples())


def test_there_are_many() -> None:
    assert len(CLASSES) > 90
    assert comparison.SamePerson in CLASSES


@pytest.mark.parametrize("one", CLASSES, ids=lambda one: one.__name__)
def test_every_class_has_its_template(one: type[Expected]) -> None:
    assert one in TEMPLATES


def test_no_template_without_its_class() -> None:
    assert set(TEMPLATES) == set(CLASSES)


def test_codes_are_unique_and_shaped() -> None:
    """What a person quotes to a colleague means one thing."""
    counted = Counter(one.code for one in [*CLASSES, base.Several])
    assert {code for code, count in counted.items() if count > 1} == set()
    assert [code for code in counted if not re.fullmatch(r"[A-Z]{2,3}-[0-9]{2}", code)] == []


def test_clauses_are_rows_of_the_register() -> None:
    known = {*register.rows(), *register.standards()}
    assert [one.code for one in CLASSES if one.clause and one.clause not in known] == []


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: f"{error.code}-{getattr(error, 'why', '')}")
def test_sentence_is_whole(error: Expected) -> None:
    said = say(error)
    assert said.code == error.code
    assert said.title
    assert said.title[0].isupper() or said.title[0].isdigit()
    assert len(said.title) <= 40
    assert re.search(r"[.:)]$", said.happened), said.happened
    if type(error) in WITHOUT_DO:
        assert not said.do
    else:
        assert said.do[:1].isupper()
        assert re.search(r"[.?]$", said.do), said.do
    assert "{" not in said.line
    assert "}" not in said.line
    assert said.line.endswith(f"({error.code})")
    assert not re.search(r"  | \.(?:\s|$)|[^.]\.\.[^.]|,,", said.line), said.line


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: f"{error.code}-{getattr(error, 'why', '')}")
def test_words_are_plain_and_british(error: Expected) -> None:
    said = say(error)
    text = f"{said.title} {said.happened} {said.do}"
    assert BANNED.search(text.replace("reported an error", "")) is None
    american = {found.group().lower() for found in AMERICAN.finditer(text)} - BRITISH_ALL_THE_SAME
    assert american == set()


@pytest.mark.parametrize("planted", ["color", "recognized", "organization", "analyze", "license", "authorizing"])
def test_american_is_found(planted: str) -> None:
    assert AMERICAN.search(planted)


@pytest.mark.parametrize("planted", ["Invalid key.", "This is illegal.", "We failed to open it.", "Done!"])
def test_blame_is_found(planted: str) -> None:
    assert BANNED.search(planted)


def test_facts_never_reach_a_terminal_raw() -> None:
    for error in samples(NASTY):
        line = sentence(error)
        assert line.isprintable(), error.code
        assert "\x1b" not in line
        said = say(error)
        assert (said.title + said.happened + said.do).isprintable()


def test_a_very_long_fact_is_cut() -> None:
    assert len(sentence(devices.IdentityNotFit("x" * 100_000))) < 1500


def _reasons() -> Iterator[tuple[type[Expected], str, str]]:
    """Every literal reason that the program raises, with where: (class, reason, place)."""
    by_name = {one.__name__: one for one in CLASSES if TEMPLATES[one].why}
    for path in python_files(folders=("core", "gui")):
        for call, name in calls(ast.parse(path.read_text(encoding="utf-8"))):
            one = by_name.get(name.rpartition(".")[2])
            if one is None:
                continue
            place = [field.name for field in dataclasses.fields(one)].index("why")
            given = [call.args[place]] if len(call.args) > place else []
            given += [keyword.value for keyword in call.keywords if keyword.arg == "why"]
            for each in given:
                if isinstance(each, ast.Constant):
                    yield one, each.value, f"{path.name}:{call.lineno}"


def test_every_reason_that_is_raised_has_its_words() -> None:
    raised = list(_reasons())
    assert len(raised) > 8
    assert [(one.__name__, why, place) for one, why, place in raised if why not in (TEMPLATES[one].why or {})] == []


def test_several_tells_all_of_them() -> None:
    several = base.Several((devices.PhoneOriginMissing(), people.NameTaken("alice")))
    assert [said.code for said in findings(several)] == ["DEV-08", "PPL-09"]
    assert "(PPL-09)" in sentence(several)
    assert say(several).clause == "S-g-2"


def test_refuse_raises_none_one_or_all() -> None:
    one, other = devices.PhoneOriginMissing(), people.NameTaken("alice")
    base.refuse([])
    with pytest.raises(devices.PhoneOriginMissing) as single:
        base.refuse([one])
    assert single.value is one
    with pytest.raises(base.Several) as both:
        base.refuse([one, other])
    assert both.value.findings == (one, other)


def test_busy_without_a_note_names_nobody() -> None:
    told = sentence(workspace.WorkspaceBusy("a.anchorhold", "", "", ""))
    assert "another program" in told
    told = sentence(workspace.WorkspaceBusy("a.anchorhold", "NOC-3", "alice", "2026-11-24 02:17:40 UTC"))
    assert "by alice on NOC-3 since 2026-11-24 02:17:40 UTC" in told


@pytest.mark.parametrize(("table", "kind"), [(FORMS, Form), (READINGS, Reading), (STANDINGS, Standing)])
def test_every_state_has_its_word(table: dict[Any, str], kind: Any) -> None:
    assert set(table) == set(kind)


@pytest.mark.parametrize("which", list(Verdict))
def test_every_verdict_is_said(which: Verdict) -> None:
    for form, compared, left, lone in product(Form, range(3), range(3), (True, False)):
        text = verdict(Finding(which, form, (2, 3)), compared, left, lone=lone)
        assert text.endswith((".", "sha256sum"))
        assert "{" not in text
        assert BANNED.search(text) is None


def test_verdicts_say_what_comes_next() -> None:
    match = Finding(Verdict.MATCH, Form.SPKI_SHA256)
    assert "colleague" in verdict(match, 1, 3, lone=False)
    assert "another channel" in verdict(match, 1, 3, lone=True)
    assert "approved" in verdict(match, 2, 3, lone=False)
    assert "line 2, 3" in verdict(Finding(Verdict.MISREAD, Form.SPKI_SHA256, (2, 3)), 0, 2, lone=False)
    assert "last try" in verdict(Finding(Verdict.MISREAD, Form.SPKI_SHA256, (2,)), 0, 0, lone=False)
    assert "look alike" in verdict(Finding(Verdict.LOOKALIKE, Form.SPKI_SHA256), 0, 3, lone=False)


def test_every_fault_of_the_ledger_has_its_sentence() -> None:
    """The kinds are read from where they are found."""
    kinds = set()
    for path in python_files(folders=("core",)):
        for call, name in calls(ast.parse(path.read_text(encoding="utf-8"))):
            if name == "Fault" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
                kinds.add(call.args[1].value)
    assert len(kinds) > 10
    assert kinds <= set(FAULTS)
    for kind in FAULTS:
        told = fault(Fault(3, kind, ("first", "second")))
        assert told.endswith(".")
        assert "{" not in told
        assert fault(Fault(3, kind, (NASTY, NASTY))).isprintable()


def test_refusals_of_links_mode_name_their_field() -> None:
    """A field is the input it belongs to, so that a form can show it there."""
    assert keys.PrivateKeyInFile("PKCS#8").field == "untrusted"
    assert links.Unwritable("site").field == "site"
    assert workspace.TextNotFit("ticket", "empty").field == "ticket"
    assert comparison.DateNotAhead("replace_by", "2026-11-24").field == "replace_by"
    assert not any(one.field for one in (base.Cancelled, base.Damaged, Refused))


def test_every_profile_has_words() -> None:
    assert set(hierarchy.PROFILES) == set(profiles.profiles())
    assert hierarchy.profile("of-another-version") == "of-another-version"


def test_duties_that_are_missing_are_said_in_words() -> None:
    said = say(people.DutyMissing("bob", ("security-officer", "auditor"))).happened
    assert said == "No duty of bob covers this, so nothing was changed. It takes one of: Security officer, Auditor."
