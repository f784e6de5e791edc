"""The first run by keyboard: two people, each with an own passphrase; or one, who is told what follows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.services.desk import open_desk
from core.services.people import operators
from gui.wizards.first_run import FirstRunWizard
from tests.desks import CHEAP
from tests.gui.wizards.drive import Driver, bench_of, driven, texts, unnamed

WORDS = ("seven quiet herons cross", "nine copper kettles on slate")


@pytest.fixture
def first_run(qtbot: QtBot) -> Driver:
    """The wizard, with an Argon2id that costs little."""
    return driven(qtbot, None, FirstRunWizard(bench_of(qtbot, None), CHEAP))


def _people(driver: Driver, path: Path, count: int = 2) -> None:
    driver.type(path=str(path), title="Data centre links")
    driver.next()
    driver.type(organisation="Example Networks", responsible="alice")
    driver.next()
    if count == 1:
        driver.choose("count", "1")
    driver.type(name1="alice", full_name1="Alice Ng")
    if count == 2:
        driver.type(name2="bob", full_name2="Bob Ruiz")
    driver.next()


def _passphrase(driver: Driver, number: int) -> None:
    driver.type(**{f"passphrase{number}": WORDS[number - 1], f"again{number}": WORDS[number - 1]})
    driver.next()


def test_two_people_by_keyboard(first_run: Driver, tmp_path: Path) -> None:
    found = unnamed(first_run.wizard)
    _people(first_run, tmp_path / "dc")
    assert first_run.wizard.currentPage().title() == "Alice Ng types a passphrase"
    found += unnamed(first_run.wizard)
    _passphrase(first_run, 1)
    assert first_run.wizard.currentPage().title() == "Bob Ruiz types a passphrase"
    _passphrase(first_run, 2)
    assert first_run.step == "review"
    assert not any(words in texts(first_run.wizard.currentPage()) for words in WORDS)
    first_run.commit()
    assert first_run.step == "done"
    assert not any(words in texts(first_run.wizard) for words in WORDS)
    assert first_run.results == []
    assert found + unnamed(first_run.wizard) == []
    first_run.press("wizardFinish")
    assert first_run.results == [tmp_path / "dc.anchorhold"]
    desk = open_desk(tmp_path / "dc.anchorhold", cost=CHEAP)
    assert [each.full_name for each in operators(desk)] == ["Alice Ng", "Bob Ruiz"]
    desk.close()


def test_alone_is_a_choice_that_says_what_follows(first_run: Driver, tmp_path: Path) -> None:
    _people(first_run, tmp_path / "dc.anchorhold", count=1)
    _passphrase(first_run, 1)
    assert first_run.step == "review"
    assert "compared twice over two channels" in texts(first_run.wizard.currentPage())
    first_run.press("wizardBack")
    first_run.press("wizardBack")
    assert "compared by one person" in first_run.said("count_1Words")


def test_findings_stand_at_the_person(first_run: Driver, tmp_path: Path) -> None:
    first_run.next()
    first_run.next()
    assert first_run.problem("path") == "This is needed."
    assert first_run.problem("title") == "This is needed."
    first_run.type(path=str(tmp_path / "dc"), title="x")
    first_run.next()
    first_run.next()
    first_run.type(name1="alice", full_name1="Alice Ng", name2="alice", full_name2="Alice Ng")
    first_run.next()
    assert "Two people are called alice" in first_run.problem("people")
    first_run.type(name2="bob", full_name2="Bob Ruiz")
    first_run.next()
    first_run.type(passphrase1="short", again1="other")
    assert first_run.said("strength1").startswith("Too short")
    first_run.next()
    assert "5 characters" in first_run.problem("passphrase1")
    assert "differ" in first_run.problem("again1")


def test_hiding_forgets_the_passphrases_and_nothing_else(first_run: Driver, tmp_path: Path) -> None:
    _people(first_run, tmp_path / "dc")
    first_run.type(passphrase1=WORDS[0], again1=WORDS[0])
    first_run.wizard.hide()
    first_run.wizard.show()
    fields = {each.objectName(): each.text() for each in first_run.wizard.findChildren(QLineEdit)}
    assert (fields["passphrase1"], fields["again1"]) == ("", "")
    assert (fields["name1"], fields["full_name2"]) == ("alice", "Bob Ruiz")
    assert WORDS[0] not in repr(first_run.wizard.flow)


def test_the_keyboard_is_in_the_page_that_is_shown(first_run: Driver, tmp_path: Path) -> None:
    """A passphrase typed at once on its page once went into the full name on the page before, out of sight."""
    _people(first_run, tmp_path / "dc")
    first = first_run.at
    assert first is not None
    assert first.objectName() == "passphrase1"
    for name in ("passphrase1", "again1"):
        first_run.type(**{name: WORDS[0]})
    QTest.keyClick(first_run.at, Qt.Key.Key_Return)
    assert first_run.step == "passphrase2"
    QTest.keyClicks(first_run.wizard.focusWidget(), WORDS[1])
    assert first_run.wizard.flow.value("passphrase2") == WORDS[1]
    assert WORDS[1] not in (first_run.wizard.flow.value("again1"), first_run.wizard.flow.value("full_name2"))


def test_a_bare_file_name_is_kept_in_the_home_folder(
    first_run: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    _people(first_run, Path("dc"))
    _passphrase(first_run, 1)
    _passphrase(first_run, 2)
    assert str(tmp_path / "dc.anchorhold") in texts(first_run.wizard.currentPage())
