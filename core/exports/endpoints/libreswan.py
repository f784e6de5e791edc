"""Libreswan: /etc/ipsec.d, and a script for its NSS database. Tried with 4.10.

The key is made inside the database (`request commands` says how) and never leaves it. Libreswan reads CRLs from the
database alone; /etc/ipsec.d/crls is obsolete. `rightca` keeps certificates of another service's sub CA out.
"""

from core.exports.encoding import pem
from core.exports.endpoints.base import CERTIFICATE, crl_files, leaf, own, plans, stem
from core.exports.libreswan import FOLDER, identity, subnets
from core.exports.plan import Plan, commented, selectors, text
from core.model.certificates import Endpoint
from core.model.links import ExportedFile, Technology
from core.policy import algorithms

DATABASE = "sql:/var/lib/ipsec/nss"


def files(end: Endpoint) -> list[ExportedFile]:
    folder = f"{FOLDER}/anchorhold"
    return [
        ExportedFile(f"{folder}/{own(end)}.pem", leaf(end)),
        *(ExportedFile(f"{folder}/{stem(ca)}.pem", pem(CERTIFICATE, ca.der)) for ca in end.chain),
        *crl_files(end, folder),
        ExportedFile(f"{folder}/import.sh", text(*_import(end))),
        ExportedFile(f"{folder}/import-crls.sh", text(*_import_crls(end))),
        ExportedFile(f"{FOLDER}/crl-strict.conf", text(*_STRICT)),
        *(
            ExportedFile(f"{FOLDER}/{plan.link}.conf", text(*commented(plan), *_connection(end, plan)))
            for plan, _ in plans(end, Technology.IPSEC)
        ),
    ]


_STRICT = (
    "# Without this a missing or stale CRL lets everybody in.",
    "config setup",
    "    crl-strict=yes",
)


def _import(end: Endpoint) -> list[str]:
    sub, root = end.chain
    return [
        "#!/bin/sh",
        "# Once, as root, on the device whose key lies in the database. Ends at the first command that fails.",
        "set -e",
        f'database="${{1:-{DATABASE}}}"',
        'here=$(dirname "$0")',
        f'certutil -A -d "$database" -n {stem(root)} -t "CT,," -a -i "$here/{stem(root)}.pem"',
        f'certutil -A -d "$database" -n {stem(sub)} -t "CT,," -a -i "$here/{stem(sub)}.pem"',
        f'certutil -A -d "$database" -n {own(end)} -t ",," -a -i "$here/{own(end)}.pem"',
        'exec sh "$here/import-crls.sh" "$database"',
    ]


def _import_crls(end: Endpoint) -> list[str]:
    names = [each.path.rpartition("/")[2] for each in crl_files(end, "")]
    return [
        "#!/bin/sh",
        "# After each new CRL was put beside this file; for a daily timer. Run it as root.",
        "set -e",
        f'database="${{1:-{DATABASE}}}"',
        'here=$(dirname "$0")',
        *(f'crlutil -I -B -d "$database" -i "$here/{name}"' for name in names),
    ]


def _connection(end: Endpoint, plan: Plan) -> list[str]:
    lines: list[str] = []
    for version, mine, theirs in (met := selectors(plan)):
        name = plan.link if len(met) == 1 else f"{plan.link}-ipv{version}"
        lines += [f"conn {name}", *(f"    {line}" for line in _settings(end, plan, mine, theirs))]
    return lines


def _settings(end: Endpoint, plan: Plan, mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    several = len(mine) > 1 or len(theirs) > 1
    return [
        "ikev2=insist",
        "authby=ecdsa,rsa-sha2",
        f"left={plan.own.address}",
        f"leftid={identity(plan.own)}",
        f"leftcert={own(end)}",
        "leftsendcert=always",
        *subnets("left", mine, several=several),
        f"right={plan.peer.address}",
        f"rightid={identity(plan.peer)}",
        "rightca=%same",  # the sub CA that signed leftcert, not anything under the root
        *subnets("right", theirs, several=several),
        f"ike={algorithms.LIBRESWAN_IKE}",
        f"esp={algorithms.LIBRESWAN_ESP}",
        "pfs=yes",
        "reauth=yes",
        f"ikelifetime={algorithms.hours(algorithms.IKE_LIFETIME)}h",
        f"salifetime={algorithms.hours(algorithms.CHILD_LIFETIME)}h",
        "auto=ondemand",
    ]
