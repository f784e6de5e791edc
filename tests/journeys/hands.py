"""What a person does again and again: signs in, walks a comparison, types what the far end reads."""

from tests.desks import passphrase
from tests.journeys.stage import Program, until

NUMBER = "+44 161 496 0000"


def sign_in(program: Program, name: str, secret: str = "") -> None:
    """Type the passphrase into the card."""
    program.find("lockPassphrase")
    if name not in program.find("lockPerson")["name"]:
        program.choose("lockPerson", name)
    program.type("lockPassphrase", secret or passphrase(name))
    program.key("Return")
    program.find("workplace")


def lines(value: str) -> list[str]:
    """64 hex digits as the four lines in which they are read aloud, in groups of four."""
    assert len(value) == 64
    groups = [value[at : at + 4] for at in range(0, 64, 4)]
    return [" ".join(groups[at : at + 4]) for at in range(0, 16, 4)]


def begin_compare(program: Program, device: str, channel: str, reader: str, *, opened: bool = False) -> None:
    """The first two pages of the comparison, up to the one where the value is typed; `opened` by another wizard."""
    if not opened:
        program.key("ctrl+k")
    program.find("page_how")
    if program.shown("device"):
        program.choose("device", device)
    program.click(f"channel_{channel}")
    if channel == "call-back" and not program.find("numberOnFile")["name"].startswith("+"):
        program.type("number", NUMBER)
        program.type("number_from", "contract of 2024")
    program.click("wizardNext")
    program.type("reader", reader)
    program.type("ticket", "CHG0042117")
    program.click("wizardNext")
    program.find("page_type")


def hear(program: Program, value: str) -> None:
    """Type the four lines and compare."""
    for number, line in enumerate(lines(value), start=1):
        program.type(f"line{number}", line)
    program.click("wizardCommit")


def menu(seen: Program, keys: str, page: str) -> None:
    """Open a menu by its letter and choose by another; a page of a wizard comes up."""
    for key in keys.split():
        seen.key(key)
    seen.find(page)


def type_all(seen: Program, **typed: str) -> None:
    """Type each text into the field of its name."""
    for name, text in typed.items():
        seen.type(name, text)


def made(seen: Program, page: str) -> None:
    """The next page after Argon2id at its true cost, on a machine that may be busy."""
    try:
        until(f"{page} after the key", lambda: seen.shown(page), 90)
    except AssertionError:
        seen.shot("failed")
        raise


def close(seen: Program) -> None:
    """Close a wizard that is done."""
    seen.click("wizardFinish")
    seen.gone("wizardFinish")


def another(seen: Program, name: str) -> None:
    """Lock, and a colleague signs in."""
    seen.key("ctrl+l")
    seen.find("lockCard")
    sign_in(seen, name)
