"""Refusals about revocation and CRLs."""

from dataclasses import dataclass

from core.errors.base import Refused


@dataclass(eq=False)
class CrlNotRead(Refused):
    """`why` is "shape", "size", "signature", "partial" (delta or partitioned), "critical" or "no next update"."""

    why: str
    code = "CRL-01"
    clause = "C4"
    field = "untrusted"
