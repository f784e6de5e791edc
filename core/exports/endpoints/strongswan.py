"""strongSwan: /etc/swanctl with certificates. Tried with 5.9.8.

Pinning the sub CA and not the root keeps a certificate of another service out (interop finding 9); without the root's
CRL a strict gateway refuses everybody (finding 8); `reauth_time` makes a revocation bite (finding 7).
"""

from core.exports.encoding import pem
from core.exports.endpoints.base import CERTIFICATE, crl_files, leaf, own, plans, stem
from core.exports.plan import Plan, commented, text
from core.exports.strongswan import FOLDER, children, opening
from core.model.certificates import Endpoint
from core.model.links import ExportedFile, Technology
from core.policy import algorithms

FLUSH = (
    "#!/bin/sh",
    "# For a daily timer. strongSwan keeps a CRL until its next update is due, up to 8 days after a newer one was",
    "# published; this makes it read the files in /etc/swanctl/x509crl again. Run it as root.",
    "swanctl --flush-certs --type x509_crl && swanctl --load-creds --clear",
)


def files(end: Endpoint) -> list[ExportedFile]:
    return [
        ExportedFile(f"{FOLDER}/x509/{own(end)}.pem", leaf(end)),
        *(ExportedFile(f"{FOLDER}/x509ca/{stem(ca)}.pem", pem(CERTIFICATE, ca.der)) for ca in end.chain),
        *crl_files(end, f"{FOLDER}/x509crl"),
        *(
            ExportedFile(f"{FOLDER}/conf.d/{plan.link}.conf", text(*commented(plan), *_connection(end, plan)))
            for plan, _ in plans(end, Technology.IPSEC)
        ),
        ExportedFile("install/flush-crls.sh", text(*FLUSH)),
    ]


def _connection(end: Endpoint, plan: Plan) -> list[str]:
    return [
        *opening(plan),
        f"    reauth_time = {algorithms.hours(algorithms.IKE_LIFETIME)}h  # rekeying does not look at the status again",
        "    local {",
        "      auth = pubkey",
        f"      certs = {plan.own.name}.pem",
        f"      id = {plan.own.identity}",
        "    }",
        "    remote {",
        "      auth = pubkey",
        f"      id = {plan.peer.identity}",
        f"      cacerts = {stem(end.chain[0])}.pem",
        "      revocation = strict",
        "    }",
        "    children {",
        *children(plan),
        "    }",
        "  }",
        "}",
    ]
