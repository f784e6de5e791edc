"""The operating system's keyring, through backends that we name ourselves.

The library's own choice of a backend reads configuration and entry points of other packages and may end in one that
writes a file. Here the class is taken from a list; where none of it works, there is no keyring. A locked keyring is
not asked to unlock: a prompt would block a timer or a window.
"""

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from core.errors.vault import KeyringAbsent

SERVICE = "Anchorhold"


class Ring:
    """Short texts under (what, name), kept by the operating system for this user."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def get(self, what: str, name: str) -> str | None:
        """The text, or None where there is none."""
        try:
            found: str | None = self._backend.get_password(SERVICE, f"{what}:{name}")
        except Exception as error:  # noqa: BLE001 - each backend raises what its system raises
            _absent(error)
        return found

    def put(self, what: str, name: str, text: str) -> None:
        """Keep a text, in place of the one before."""
        try:
            self._backend.set_password(SERVICE, f"{what}:{name}", text)
        except Exception as error:  # noqa: BLE001
            _absent(error)

    def drop(self, what: str, name: str) -> None:
        """Forget a text, if there is one."""
        if self.get(what, name) is not None:
            try:
                self._backend.delete_password(SERVICE, f"{what}:{name}")
            except Exception as error:  # noqa: BLE001
                _absent(error)


def open_ring() -> Ring:
    """The keyring of this session. Raises `KeyringAbsent`: "headless", "locked" or "refused"."""
    if sys.platform.startswith("linux") and not _bus():
        raise KeyringAbsent("headless")
    for make in _MAKERS.get("linux" if sys.platform.startswith("linux") else sys.platform, ()):
        backend = make()
        if backend is not None:
            return Ring(backend)
    raise KeyringAbsent("headless")


def _absent(error: Exception) -> NoReturn:
    from keyring.errors import KeyringLocked

    raise KeyringAbsent("locked" if isinstance(error, KeyringLocked) else "refused") from error


def _bus() -> bool:
    """Whether there is a session bus on this machine; asked before 100 ms of imports. No other transport is used."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    return address.startswith("unix:") if address else Path(f"/run/user/{os.getuid()}/bus").exists()


def _viable(kind: Any) -> Any:
    try:
        return kind() if kind.priority else None
    except Exception:  # noqa: BLE001 - a backend says so by raising that it cannot run here
        return None


def _secret_service() -> Any:
    import secretstorage
    from keyring.backends import SecretService
    from keyring.errors import KeyringLocked

    class Unprompted(SecretService.Keyring):
        """The default collection as it is: neither made nor unlocked by us."""

        appid = SERVICE

        def get_preferred_collection(self) -> secretstorage.Collection:
            bus = secretstorage.dbus_init()
            collection = secretstorage.get_collection_by_alias(bus, "default")
            if collection.is_locked():
                bus.close()
                raise KeyringLocked
            return collection

    return _viable(Unprompted)


def _kwallet() -> Any:
    from keyring.backends import kwallet

    return _viable(kwallet.DBusKeyring)


def _windows() -> Any:
    from keyring.backends import Windows

    return _viable(Windows.WinVaultKeyring)


def _macos() -> Any:
    from keyring.backends import macOS

    return _viable(macOS.Keyring)


_MAKERS = {"linux": (_secret_service, _kwallet), "win32": (_windows,), "darwin": (_macos,)}
