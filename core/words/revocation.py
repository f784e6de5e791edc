"""Sentences about revocation and CRLs."""

from core.errors import revocation as errors
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.CrlNotRead: Template(
        tr("CRL not taken"),
        tr("This revocation list {why}, so nothing it says counts."),
        tr("Fetch it again from its issuer."),
        {
            "shape": tr("does not read as a CRL"),
            "size": tr("is larger than 256 MB"),
            "signature": tr("is not signed by the issuer it should be from"),
            "partial": tr("is partial, and only full lists are taken"),
            "critical": tr("has a critical extension that is not known here"),
            "no next update": tr("does not say when the next one is due"),
        },
    ),
}
