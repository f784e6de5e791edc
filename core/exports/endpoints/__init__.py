"""The folder of an endpoint that has a certificate: chain, both CRLs, and a configuration that checks both."""

from collections.abc import Callable

from core.exports.endpoints import cisco_ios, libreswan, nginx, openvpn, strongswan, stunnel
from core.exports.endpoints.base import chain, crl_files, leaf
from core.model.certificates import Endpoint
from core.model.devices import Platform
from core.model.links import ExportedFile

_RENDERERS: dict[Platform, Callable[[Endpoint], list[ExportedFile]]] = {
    Platform.STRONGSWAN: strongswan.files,
    Platform.LIBRESWAN: libreswan.files,
    Platform.OPENVPN: openvpn.files,
    Platform.STUNNEL: stunnel.files,
    Platform.NGINX: nginx.files,
    Platform.CISCO_IOS: cisco_ios.files,
}


def files(end: Endpoint) -> list[ExportedFile]:
    """Everything of the folder but its pages and its manifest. Raises a `Refused` where a value does not fit."""
    renderer = _RENDERERS.get(end.device.platform)
    return [
        ExportedFile("keys/certificate.pem", leaf(end)),
        ExportedFile("keys/certificate.der", end.certificate.der),
        ExportedFile("keys/chain.pem", chain(end)),
        *crl_files(end, "keys"),
        *(renderer(end) if renderer else []),
    ]
