"""pyca parses lazily and warns where it will refuse one day: both count as damage, at the border and nowhere later."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors.base import Refused


@contextmanager
def strictly(refusal: Refused) -> Iterator[None]:
    """Whatever a parser raises or warns of inside becomes `refusal`; refusals of our own pass as they are."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", ResourceWarning)  # of another thread, met by a garbage collection in here
            yield
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - every parser's own
        raise refusal from None
