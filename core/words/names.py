"""What people call the things that commands call by short words."""

from core.flows.comparison import Caution
from core.model.devices import Identity, IdentityKind, Platform
from core.model.keys import Algorithm, Arrival, Channel, PublicKey, Source
from core.model.links import Technology
from core.words.tongue import told, tr

PLATFORMS: dict[Platform, str] = {
    Platform.STRONGSWAN: "strongSwan (swanctl)",
    Platform.LIBRESWAN: "Libreswan",
    Platform.IKED: "OpenBSD iked",
    Platform.OPENVPN: "OpenVPN 2.6",
    Platform.STUNNEL: "stunnel",
    Platform.WIREGUARD: "WireGuard",
    Platform.CISCO_IOS: tr("Cisco IOS (IKEv1, legacy)"),
    Platform.OTHER: tr("another (plain files)"),
}

TECHNOLOGIES: dict[Technology, str] = {
    Technology.IPSEC: tr("IPsec (IKEv2)"),
    Technology.OPENVPN: "OpenVPN",
    Technology.TLS: "TLS (stunnel)",
    Technology.WIREGUARD: "WireGuard",
}

CHANNELS: dict[Channel, str] = {
    Channel.CALL_BACK: tr("Telephone: I call back on a number I hold"),
    Channel.IN_PERSON: tr("In person: they read it out in front of me"),
    Channel.SHEET: tr("Signed sheet: I type it from paper they signed"),
    Channel.VIDEO: tr("Video call: I see who reads"),
    Channel.EMAIL: tr("E-mail"),
}

ARRIVALS: dict[Arrival, str] = {
    Arrival.EMAIL: tr("By e-mail"),
    Arrival.USB: tr("On a stick"),
    Arrival.PORTAL: tr("From a portal or share"),
    Arrival.IN_PERSON: tr("Handed over in person"),
    Arrival.CARD: tr("As a peer card"),
}

ALGORITHMS: dict[Algorithm, str] = {
    Algorithm.P256: "ECDSA P-256",
    Algorithm.P384: "ECDSA P-384",
    Algorithm.ED25519: "Ed25519",
    Algorithm.X25519: "X25519",
    Algorithm.RSA: "RSA",
}

SOURCES: dict[Source, str] = {
    Source.SPKI_PEM: tr("a public key (PEM)"),
    Source.SPKI_DER: tr("a public key (DER)"),
    Source.PKCS10: tr("a certificate request (PKCS#10)"),
    Source.CERTIFICATE: tr("a self-signed certificate"),
    Source.OPENSSH: tr("an OpenSSH public key"),
    Source.WIREGUARD: tr("a WireGuard public key"),
    Source.CISCO: tr("a Cisco key-string"),
    Source.CARD: tr("a peer card"),
}

_POSSESSION = {
    True: tr("The sender proved to hold the private key: it is signed with it."),
    False: tr("Nothing in it proves that the sender holds the private key; the link itself will."),
}
_RECOGNISED = tr("This is {source}: {algorithm}, {bits} bits. {possession}")

_IDENTITIES: dict[IdentityKind, str] = {
    IdentityKind.FQDN: tr("A host name (IKE type FQDN): the device has to present exactly {value}."),
    IdentityKind.EMAIL: tr("A mailbox (IKE type RFC 822): the device has to present exactly {value}."),
    IdentityKind.IPV4: tr("An IPv4 address (IKE type IPv4): the device has to present exactly {value}."),
    IdentityKind.IPV6: tr("An IPv6 address (IKE type IPv6): the device has to present exactly {value}."),
}
_NO_IDENTITY = tr("Not yet an identity of one device. A host name, an address or a mailbox is; %any is not.")

CAUTIONS: dict[Caution, str] = {
    Caution.SECOND_NEEDED: tr(
        "Yours is the first of two comparisons. A colleague makes the second, on their own sign-in, over another "
        "channel or with another reader."
    ),
    Caution.ANOTHER_WAY_NEEDED: tr("You work alone: you will compare this key twice, over two different channels."),
    Caution.SECOND_NOW: tr("One comparison stands. This is the second: if it matches, the key is approved."),
    Caution.TELEPHONE_ONLY: tr(
        "Both comparisons by telephone leave a weak point: the key will be approved as 'telephone only'. Another "
        "channel is better."
    ),
    Caution.RENEWS: tr("This key is approved already. A match moves its review date on."),
}


def recognised(key: PublicKey) -> str:
    """What a key file was found to be; never its value."""
    facts = {
        "source": told(SOURCES[key.source], {}),
        "algorithm": ALGORITHMS[key.algorithm],
        "bits": key.bits,
        "possession": told(_POSSESSION[key.possession], {}),
    }
    return told(_RECOGNISED, facts)


def identity(known: Identity | None) -> str:
    """What a typed identity means to the other end."""
    return told(_IDENTITIES[known.kind], {"value": known.value}) if known else told(_NO_IDENTITY, {})
