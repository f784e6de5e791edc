"""The PKCS#11 tokens at this machine. Which library they are asked by is the machine's business, never a workspace's."""

from core.errors.custody import TokenLibraryNotFit
from core.model.custody import Inserted, TokenFacts
from core.services import keeping
from core.vault.machine import token_library


def usual() -> str:
    """The library that this machine's settings name, "" where they name none."""
    return token_library()


def inserted(library: str) -> tuple[Inserted, ...]:
    """Every initialised token that this library sees, by slot. Asked in a process of its own, as long as the library takes."""
    if not library:
        raise TokenLibraryNotFit("", "none")
    process = keeping.start()
    try:
        found, _ = process.ask("tokens", module=library)
    finally:
        process.close()
    seen = (Inserted(int(each["slot"]), TokenFacts(**each["facts"])) for each in found["tokens"])
    return tuple(sorted(seen, key=lambda each: each.slot))
