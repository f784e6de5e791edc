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
    if device.platform is Platform.CISCO_IOS:
        return _cisco(device, safe.name("name", device.name))
    if device.platform is Platform.LIBRESWAN:
        return _libreswan(device)
    key = _key(device)
    return _made(device, key), f"{_asked(device, key)} {_into(device, 'PEM')}"


def renewing(device: Device) -> tuple[str, ...]:
    """The same with a new key beside the current one, which signs the new request: NAME.csr and NAME.proof travel.

    Where `vouches` says that a device signs nothing that is not its own, two people compare the new key, as for a
    first one.
    """
    name = safe.name("name", device.name)
    if device.platform is Platform.CISCO_IOS:
        return _cisco(device, f"{name}-2")
    if device.platform is Platform.LIBRESWAN:
        digest = f"$(sha256sum < {name}.csr | cut -c1-64)"
        proof = f'certutil -R -d {DATABASE} -k {name} -Z SHA256 -s "CN={digest}" -o {name}.proof'
        return (*_libreswan(device, ""), proof)
    current, fresh = _key(device), _key(device, "-new")
    if device.platform is Platform.STRONGSWAN:
        digest = f"$(sha256sum < {name}.csr | cut -c1-64)"
        proof = f'pki --req --type priv --in {current} --dn "CN={digest}" --outform der > {name}.proof'
    else:
        proof = f"openssl dgst -sha256 -sign {current} -out {name}.proof {name}.csr"
    after = f"mv {fresh} {current}  # when the new certificate is in place, not before"
    return _made(device, fresh), f"{_asked(device, fresh)} {_into(device, 'DER')}", proof, after


def vouches(device: Device) -> bool:
    """Whether a device can sign a new request with the key it has."""
    return device.platform is not Platform.CISCO_IOS


def _key(device: Device, mark: str = "") -> str:
    name = safe.name("name", device.name)
    if device.platform is Platform.STRONGSWAN:
        return f"/etc/swanctl/private/{name}{mark}.pem"
    return f"{_FOLDERS.get(device.platform, '.')}/{name}{mark}.key"


def _made(device: Device, key: str) -> str:
    if device.platform is Platform.STRONGSWAN:
        return f"(umask 077; pki --gen --type ecdsa --size 256 --outform pem > {key})"
    return f"(umask 077; openssl ecparam -name prime256v1 -genkey -noout -out {key})"


def _asked(device: Device, key: str) -> str:
    identity = safe.value("identity", device.identity.value)
    if device.platform is Platform.STRONGSWAN:
        return f'pki --req --type priv --in {key} --dn "CN={identity}" --san {identity}'
    san = f"{_SANS.get(device.identity.kind, 'IP')}:{identity}"
    return f'openssl req -new -sha256 -key {key} -subj "/CN={identity}" -addext "subjectAltName={san}"'


def _into(device: Device, form: str) -> str:
    name = safe.name("name", device.name)
    if device.platform is Platform.STRONGSWAN:
        return f"--outform {form.lower()} > {name}.csr"
    return f"-out {name}.csr" if form == "PEM" else f"-outform DER -out {name}.csr"


def _libreswan(device: Device, form: str = " -a") -> tuple[str, ...]:
    """The key is made inside the database and never leaves it; `form` is PEM, or DER where it is empty."""
    name, identity = safe.name("name", device.name), safe.value("identity", device.identity.value)
    made = f"-d {DATABASE} -k ec -q nistp256 -Z SHA256"
    san = f"{_NSS_SANS.get(device.identity.kind, 'ip')}:{identity}"
    return (
        f"head -c 128 /dev/urandom > {name}.noise",
        f"certutil -R {made} -z {name}.noise -s 'CN={identity}' --extSAN {san}{form} -o {name}.csr",
        f"rm {name}.noise",
    )


def _cisco(device: Device, label: str) -> tuple[str, ...]:
    identity = safe.value("identity", device.identity.value)
    return (
        f"crypto key generate ec keysize 256 label {label}",
        f"crypto pki trustpoint {label}",
        " enrollment terminal pem",
        f" subject-name CN={identity}",
        f" eckeypair {label}",
        f"crypto pki enroll {label}",
    )
