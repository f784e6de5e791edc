"""What people call the things that commands call by short words."""

from core.flows.comparison import Caution
from core.model.devices import Identity, IdentityKind, Platform
from core.model.keys import Arrival, Channel, Comparison, PublicKey, Source
from core.model.links import Reading
from core.policy.people import Strength
from core.words.tongue import told, tr
from core.words.verdicts import ALGORITHMS

PLATFORMS: dict[Platform, str] = {
    Platform.STRONGSWAN: "strongSwan (swanctl)",
    Platform.LIBRESWAN: "Libreswan",
    Platform.IKED: "OpenBSD iked",
    Platform.OPENVPN: "OpenVPN 2.6",
    Platform.STUNNEL: "stunnel",
    Platform.NGINX: "nginx",
    Platform.WIREGUARD: "WireGuard",
    Platform.CISCO_IOS: tr("Cisco IOS (IKEv1, legacy)"),
    Platform.OTHER: tr("another (plain files)"),
}

WAYS: dict[Channel, str] = {
    Channel.CALL_BACK: tr("Telephone: I call back on a number I hold"),
    Channel.IN_PERSON: tr("In person: they read it out in front of me"),
    Channel.SHEET: tr("Signed sheet: I type it from paper they signed"),
    Channel.VIDEO: tr("Video call: I see who reads"),
}

ARRIVALS: dict[Arrival, str] = {
    Arrival.EMAIL: tr("By e-mail"),
    Arrival.USB: tr("On a stick"),
    Arrival.PORTAL: tr("From a portal or share"),
    Arrival.IN_PERSON: tr("Handed over in person"),
    Arrival.CARD: tr("As a peer card"),
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

_DOUBT = tr(
    "Careful: on {day} this very key for {device} was another one than {reader} read out. Find out what has changed "
    "since before you compare it again."
)

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

STRENGTHS: dict[Strength, str] = {
    Strength.SHORT: tr("Too short: 12 characters are the least."),
    Strength.PLAIN: tr("Too plain: mostly one run, or a few characters repeated."),
    Strength.FAIR: tr("Fair. A word or two more would make it hard to guess."),
    Strength.GOOD: tr("Good, if its words do not belong together."),
}

READING_WORDS: dict[Reading, str] = {
    Reading.AS_APPROVED: tr("as approved"),
    Reading.UNKNOWN: tr("unknown key"),
    Reading.WRONG_IDENTITY: tr("wrong identity"),
    Reading.MISSING: tr("missing"),
}

READING_NEXT: dict[Reading, str] = {
    Reading.AS_APPROVED: tr("Nothing."),
    Reading.UNKNOWN: tr("Nobody approved it for this device: remove it, and find out how it came there."),
    Reading.WRONG_IDENTITY: tr("An approved key under another identity: correct the configuration."),
    Reading.MISSING: tr("The device does not hold this approved key: export it again and install it."),
}


def doubt(device: str, comparison: Comparison) -> str:
    """What a key is told with that was found to be another one before."""
    facts = {"device": device, "day": f"{comparison.time:%Y-%m-%d}", "reader": comparison.reader}
    return told(_DOUBT, facts)


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
