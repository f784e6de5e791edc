"""Every expected failure: a class with typed facts and no prose (`core.words` has the sentences).

One file per noun. A refusal's class says what was refused; its fields say of whom or what. `code` is what a person
quotes to a colleague, `clause` the row of the NCSC register it upholds ("" where it is plain good sense), `field` the
input it belongs to ("" where it belongs to none).
"""

from core.errors.base import Cancelled, Damaged, Expected, Refused, Several, Usage

__all__ = ["Cancelled", "Damaged", "Expected", "Refused", "Several", "Usage"]
