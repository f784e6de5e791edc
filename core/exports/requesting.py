"""What somebody types on a device to make its key and a certificate request; the key stays there (M2)."""

from core.exports import safe
from core.exports.endpoints.libreswan import DATABASE
from core.model.devices import Device, IdentityKind, Platform

_FOLDERS = {
    Platform.OPENVPN: "/etc/openvpn",
    Platform.STUNNEL: "/etc/stunnel",
    Platform.IKED: "/etc/iked/private",
    Platform.NGINX: "/etc/nginx/anchorhold",
}
_NSS_SANS = {IdentityKind.FQDN: "dns", IdentityKind.EMAIL: "email"}
_SANS = {IdentityKind.FQDN: "DNS", IdentityKind.EMAIL: "email"}


def commands(device: Device) -> tuple[str, ...]:
    """Lines to copy, for the device's platform; the request lands in NAME.csr, which is carried here."""
    name, identity = safe.name("name", device.name), safe.value("identity", device.identity.value)
    if device.platform is Platform.STRONGSWAN:
        key = f"/etc/swanctl/private/{name}.pem"
        return (
            f"(umask 077; pki --gen --type ecdsa --size 256 --outform pem > {key})",
            f'pki --req --type priv --in {key} --dn "CN={identity}" --san {identity} --outform pem > {name}.csr',
        )
    if device.platform is Platform.LIBRESWAN:  # the key is made inside the database and never leaves it
        made = f"-d {DATABASE} -k ec -q nistp256 -Z SHA256"
        san = f"{_NSS_SANS.get(device.identity.kind, 'ip')}:{identity}"
        return (
            f"head -c 128 /dev/urandom > {name}.noise",
            f"certutil -R {made} -z {name}.noise -s 'CN={identity}' --extSAN {san} -a -o {name}.csr",
            f"rm {name}.noise",
        )
    if device.platform is Platform.CISCO_IOS:
        return (
            f"crypto key generate ec keysize 256 label {name}",
            f"crypto pki trustpoint {name}",
            " enrollment terminal pem",
            f" subject-name CN={identity}",
            f" eckeypair {name}",
            f"crypto pki enroll {name}",
        )
    key = f"{_FOLDERS.get(device.platform, '.')}/{name}.key"
    san = f"{_SANS.get(device.identity.kind, 'IP')}:{identity}"
    return (
        f"(umask 077; openssl ecparam -name prime256v1 -genkey -noout -out {key})",
        f'openssl req -new -sha256 -key {key} -subj "/CN={identity}" -addext "subjectAltName={san}" -out {name}.csr',
    )
