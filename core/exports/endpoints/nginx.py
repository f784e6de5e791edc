"""nginx: certificates for its TLS servers, and a stream server for each link. Tried with 1.22.1.

nginx trusts an authority and pins nothing, so it can be an end only where certificates vouch. OpenSSL beneath it refuses
a peer whose CRL, or whose issuer's, is missing or stale. Checking the name of a client is not in nginx: any certificate
of the chain gets in, so the sub CA is one technology's alone.
"""

from core.exports.endpoints.base import chain, crls, own, plans, shown
from core.exports.plan import INSIDE_PORT, TLS_PORT, Plan, commented, text
from core.model.certificates import Endpoint
from core.model.links import ExportedFile, Technology
from core.policy import algorithms

FOLDER = "install/nginx/anchorhold"
_PLACE = "/etc/nginx/anchorhold"
_CURVE = "prime256v1"  # what TLS_GROUP is to OpenSSL's ssl_ecdh_curve


def files(end: Endpoint) -> list[ExportedFile]:
    """NAME.server.conf and NAME.clients.conf to include in a server of one's own, and a file for each link."""
    name = own(end)
    return [
        ExportedFile(f"{FOLDER}/{name}.crt", shown(end)),
        ExportedFile(f"{FOLDER}/{name}.ca.pem", chain(end)),
        ExportedFile(f"{FOLDER}/{name}.crl.pem", crls(end)),
        ExportedFile(f"{FOLDER}/{name}.server.conf", text(*(f"# {mark}" for mark in end.marks), *_server(name))),
        ExportedFile(f"{FOLDER}/{name}.clients.conf", text(*(f"# {mark}" for mark in end.marks), *_clients(name))),
        *(
            ExportedFile(f"{FOLDER}/{plan.link}.stream.conf", text(*commented(plan), *_stream(plan)))
            for plan, _ in plans(end, Technology.TLS)
        ),
    ]


def _server(name: str) -> list[str]:
    """Fit for any server { }, of http or of stream."""
    return [
        f"ssl_certificate {_PLACE}/{name}.crt;",
        f"ssl_certificate_key {_PLACE}/{name}.key;",
        "ssl_protocols TLSv1.3;",
        f"ssl_conf_command Ciphersuites {algorithms.TLS_SUITE};",
        f"ssl_ecdh_curve {_CURVE};",
        "ssl_session_tickets off;  # a resumed session is not asked for its certificate again",
    ]


def _clients(name: str) -> list[str]:
    """Only clients with a certificate of the chain that is on neither list."""
    return [
        "ssl_verify_client on;",
        "ssl_verify_depth 2;",
        f"ssl_client_certificate {_PLACE}/{name}.ca.pem;",
        f"ssl_crl {_PLACE}/{name}.crl.pem;",
    ]


def _stream(plan: Plan) -> list[str]:
    inside, outside = f"127.0.0.1:{plan.port(INSIDE_PORT)}", plan.port(TLS_PORT)
    lines = _waiting(plan, inside, outside) if plan.left else _calling(plan, inside, outside)
    return ["server {", *(f"  {line}" for line in lines), "}"]


def _waiting(plan: Plan, inside: str, outside: int) -> list[str]:
    address = f"[{plan.own.address}]" if plan.own.ipv6 else plan.own.address
    return [
        f"listen {address}:{outside} ssl;" if plan.own.literal else f"listen {outside} ssl;",
        *_server(plan.own.name),
        *_clients(plan.own.name),
        f"proxy_pass {inside};  # the program that this link is for",
    ]


def _calling(plan: Plan, inside: str, outside: int) -> list[str]:
    folder, address = _PLACE, f"[{plan.peer.address}]" if plan.peer.ipv6 else plan.peer.address
    return [
        f"listen {inside};  # where the local program connects to",
        f"proxy_pass {address}:{outside};",
        "proxy_ssl on;",
        f"proxy_ssl_certificate {folder}/{plan.own.name}.crt;",
        f"proxy_ssl_certificate_key {folder}/{plan.own.name}.key;",
        "proxy_ssl_protocols TLSv1.3;",
        f"proxy_ssl_conf_command Ciphersuites {algorithms.TLS_SUITE};",
        f"proxy_ssl_conf_command Groups {algorithms.TLS_GROUP};",
        "proxy_ssl_session_reuse off;",
        "proxy_ssl_verify on;",
        "proxy_ssl_verify_depth 2;",
        f"proxy_ssl_trusted_certificate {folder}/{plan.own.name}.ca.pem;",
        f"proxy_ssl_crl {folder}/{plan.own.name}.crl.pem;",
        f"proxy_ssl_name {plan.peer.identity};",
        "proxy_ssl_server_name on;",
    ]
