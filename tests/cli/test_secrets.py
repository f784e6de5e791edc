"""Where passphrases come from: a terminal that does not echo, or a file that only its owner can read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli.secrets import Whom, from_file
from core.model.workspace import Kind
from tests.cli.terminal import PROGRAM, Typist, World, make_world, process, run, secrets_of, write_private
from tests.desks import passphrase
from tests.spoil import spoil

RETIRE = ("lon-par", "--reason", "site closed")


def earnest(world: World) -> World:
    """The same workspace as one in earnest: a file can only be asked what it is."""
    spoil(world.path, "UPDATE workspace SET policy = 'ncsc-2019'")
    return world


def retire(world: World, *words: str | Path, who: str = "alice") -> tuple[int, str]:
    done = run("link", "retire", world.path, *RETIRE, "--as", who, *words, "--json")
    return done.code, str(done.answer.get("refused", "")) + done.err


def _symlink(path: Path) -> None:
    path.rename(path.with_name("real.toml"))
    path.symlink_to("real.toml")


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir(mode=0o700)


def _loose(mode: int) -> Callable[[Path], None]:
    return lambda path: path.chmod(mode)


def _text(text: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(text, encoding="utf-8") and None


BROKEN: list[tuple[str, Callable[[Path], None], str]] = [
    ("symlink", _symlink, "not a regular file"),
    ("fifo", _fifo, "not a regular file"),
    ("folder", _folder, "not a regular file"),
    ("missing", lambda path: path.unlink(), "is not there"),
    ("group", _loose(0o640), "can be read by others"),
    ("others", _loose(0o604), "can be read by others"),
    ("writable", _loose(0o602), "can be read by others"),
    ("executable", _loose(0o700), "can be read by others"),
    ("huge", _text("#" * 70_000), "not a regular file"),
    ("no table", _text("alice = 'x'"), "has no [passphrases]"),
    ("number", _text("[passphrases]\nalice = 123456789012"), "has no [passphrases]"),
    ("not toml", _text("[passphrases"), "has no [passphrases]"),
    ("text", _text("passphrases = 'alice'"), "has no [passphrases]"),
]


@pytest.mark.parametrize(("spoil", "said"), [each[1:] for each in BROKEN], ids=[each[0] for each in BROKEN])
def test_a_file_that_is_not_private(world: World, spoil: Callable[[Path], None], said: str) -> None:
    path = world.folder / "secrets.toml"
    spoil(path)
    code, told = retire(world, "--secrets", path)
    assert (code, "CLI-04" in told, said in told) == (2, True, True), told
    assert "keeps nine copper" not in told


def test_of_another_user(world: World) -> None:
    if os.getuid() != 0:
        pytest.skip("platform: only root can give a file away")
    os.chown(world.folder / "secrets.toml", 12345, 12345)
    code, told = retire(world, "--secrets", world.folder / "secrets.toml")
    assert (code, "belongs to somebody else" in told) == (2, True)


def test_read_only_is_private_too(world: World) -> None:
    (world.folder / "secrets.toml").chmod(0o400)
    assert retire(world, "--secrets", world.folder / "secrets.toml")[0] == 0


def test_in_earnest_it_serves_who_acts(world: World) -> None:
    earnest(world)
    both = world.folder / "secrets.toml"
    code, told = retire(world, "--secrets", both)
    assert code == 0, told
    only_alice = write_private(world.folder / "alice.toml", secrets_of("alice"))
    done = process("link", "list", world.path)
    assert done.code == 0
    done = process("link", "retire", world.path, "lon-man", "--reason", "x", "--as", "bob", "--secrets", only_alice)
    assert (done.code, "no terminal" in done.err) == (2, True)  # the file has no bob, and nobody can be asked


def test_in_earnest_it_makes_no_workspace_for_two(tmp_path: Path) -> None:
    """One file with both passphrases would be one person."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(AssertionError, match="bob here: outside a rehearsal"):
        make_world(folder, policy="ncsc-2019")
    assert not (folder / "dc.anchorhold").exists()


@pytest.mark.parametrize(
    ("kind", "rehearsal", "whom"),
    [
        (Kind.LINKS, True, Whom.EVERYBODY),
        (Kind.ROOT, True, Whom.EVERYBODY),
        (Kind.LINKS, False, Whom.ACTING),
        (Kind.ISSUING, False, Whom.ACTING),
        (Kind.ROOT, False, Whom.NOBODY),
    ],
)
def test_whom_a_file_serves(kind: Kind, rehearsal: bool, whom: Whom) -> None:
    assert from_file(kind, rehearsal=rehearsal) is whom


def test_never_for_a_root(tmp_path: Path) -> None:
    people = tmp_path / "people.toml"
    people.write_text(
        '[workspace]\ncommunity = "Links"\nresponsible = "alice"\n'
        '[[operator]]\nname = "alice"\nfull_name = "A"\nduties = ["security-officer"]\n'
        '[[operator]]\nname = "bob"\nfull_name = "B"\nduties = ["ca-operator"]\n'
    )
    secrets = write_private(tmp_path / "secrets.toml", secrets_of("alice", "bob"))
    words = ("--name", "Root", "--people", people, "--as", "alice", "--secrets", secrets)
    done = run("new", "root", tmp_path / "root.anchorhold", *words)
    assert (done.code, "for a root it never does" in done.err) == (2, True)


def test_no_terminal_and_no_file(world: World) -> None:
    done = process("link", "retire", world.path, *RETIRE, "--as", "alice")
    assert (done.code, done.out) == (2, "")
    assert "there is no terminal to ask on" in done.err


def test_nobody_named(world: World) -> None:
    done = run("link", "retire", world.path, *RETIRE, "--secrets", world.folder / "secrets.toml")
    assert (done.code, "alice, bob" in done.err) == (2, True)


def test_a_wrong_passphrase_is_a_row_and_a_wait(world: World) -> None:
    wrong = write_private(world.folder / "wrong.toml", '[passphrases]\nalice = "not my passphrase at all"\n')
    code, told = retire(world, "--secrets", wrong)
    assert (code, "PPL-01" in told, "not my passphrase" in told) == (1, True, False)
    rows = run("audit", "read", world.path, "--json", *world.who("alice"))
    assert rows.answer["rows"][0]["action"] == "sign-in.failed" or rows.answer["rows"][1]["action"] == "sign-in.failed"


def test_asked_on_the_terminal_and_not_echoed(world: World) -> None:
    typist = Typist("link", "retire", world.path, *RETIRE, "--as", "alice")
    typist.until(b"Passphrase of alice: ")
    typist.types(passphrase("alice") + "\n")
    assert typist.ends() == 0, typist.seen
    assert b"lon-par, IPsec (IKEv2): taken out of use." in typist.seen
    assert b"copper" not in typist.seen


def test_ctrl_d_at_the_prompt_is_130(world: World) -> None:
    typist = Typist("link", "retire", world.path, *RETIRE, "--as", "alice")
    typist.until(b"Passphrase of alice: ")
    typist.types("\x04")
    assert typist.ends() == 130


def test_a_new_passphrase_is_asked_for_twice(world: World) -> None:
    path = world.folder / "new.anchorhold"
    typist = Typist("new", "links", path, "--name", "x", "--people", world.folder / "people.toml")
    typist.until(b"Passphrase of alice: ")
    typist.types(passphrase("alice") + "\n")
    typist.until(b"Once more: ")
    typist.types(passphrase("bob") + "\n")
    assert typist.ends() == 2
    assert b"The two entries differ" in typist.seen
    assert not path.exists()


def test_stdin_carries_a_file_while_the_terminal_is_asked(world: World) -> None:
    """key compare --heard - < heard.txt, with the passphrase typed: getpass asks on /dev/tty."""
    heard = world.folder / "heard.txt"
    heard.write_text(world.heard("lee"))
    words = f"'{PROGRAM}' key compare '{world.path}' lee --heard - --channel video --reader Carol --ticket CHG1"
    typist = Typist(f"{words} --as alice < '{heard}'", program="sh")
    typist.until(b"Passphrase of alice: ")
    typist.types(passphrase("alice") + "\n")
    assert typist.ends() == 0, typist.seen


def test_an_own_passphrase_is_changed(world: World) -> None:
    """The old one opens nothing any more; nobody else's is touched."""
    both = secrets_of("alice") + '"alice (new)" = "seven quiet herons cross the estuary"\n'
    changing = write_private(world.folder / "changing.toml", both)
    done = run("people", "passphrase", world.path, "--as", "alice", "--secrets", changing, "--json")
    assert (done.code, done.answer["name"]) == (0, "alice"), done.err
    assert retire(world, "--secrets", world.folder / "secrets.toml")[1].startswith("PPL-01")
    new = write_private(world.folder / "new.toml", '[passphrases]\nalice = "seven quiet herons cross the estuary"\n')
    assert retire(world, "--secrets", new)[0] == 0
    bob = run("device", "retire", world.path, "cor", "--reason", "x", "--ticket", "C", *world.who("bob"))
    assert bob.code == 0
    assert run("audit", "verify", world.path).code == 0


def test_the_old_one_is_asked_for_once(world: World) -> None:
    typist = Typist("people", "passphrase", world.path, "--as", "alice")
    typist.until(b"Passphrase of alice: ")
    typist.types(passphrase("alice") + "\n")
    for prompt in (b"Passphrase of alice (new): ", b"Once more: "):
        typist.until(prompt)
        typist.types("seven quiet herons cross the estuary\n")
    assert typist.ends() == 0, typist.seen
    assert typist.seen.count(b"Passphrase of alice: ") == 1
    new = write_private(world.folder / "new.toml", '[passphrases]\nalice = "seven quiet herons cross the estuary"\n')
    assert retire(world, "--secrets", new)[0] == 0


def test_a_new_passphrase_has_to_be_long(world: World) -> None:
    short = write_private(world.folder / "short.toml", secrets_of("alice") + '"alice (new)" = "hunter2"\n')
    done = run("people", "passphrase", world.path, "--as", "alice", "--secrets", short)
    assert (done.code, "PPL-04" in done.err, "hunter2" in done.err) == (1, True, False)
    assert retire(world, "--secrets", world.folder / "secrets.toml")[0] == 0
