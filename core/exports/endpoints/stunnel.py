"""stunnel: /etc/stunnel with certificates. Tried with 5.68."""

from core.exports import stunnel
from core.exports.endpoints.base import chain, crls, own, plans, shown
from core.exports.plan import Plan, commented, text
from core.model.certificates import Endpoint
from core.model.links import ExportedFile, Technology
from core.policy import algorithms


def files(end: Endpoint) -> list[ExportedFile]:
    name = own(end)
    return [
        ExportedFile(f"{stunnel.FOLDER}/{name}.crt", shown(end)),
        ExportedFile(f"{stunnel.FOLDER}/{name}.ca.pem", chain(end)),
        ExportedFile(f"{stunnel.FOLDER}/{name}.crl.pem", crls(end)),
        *(
            ExportedFile(f"{stunnel.FOLDER}/{plan.link}.conf", text(*commented(plan, ";"), *_service(plan)))
            for plan, _ in plans(end, Technology.TLS)
        ),
    ]


def _service(plan: Plan) -> list[str]:
    folder = "/etc/stunnel"
    return [
        f"pid = /run/stunnel-{plan.link}.pid",
        f"[{plan.link}]",
        *stunnel.ports(plan),
        f"cert = {folder}/{plan.own.name}.crt",
        f"key = {folder}/{plan.own.name}.key",
        "verifyChain = yes",
        f"CAfile = {folder}/{plan.own.name}.ca.pem",
        f"CRLfile = {folder}/{plan.own.name}.crl.pem",
        f"checkHost = {plan.peer.identity}",
        "sslVersionMin = TLSv1.3",
        f"ciphersuites = {algorithms.TLS_SUITE}",
        f"curves = {algorithms.TLS_GROUP}",
    ]
