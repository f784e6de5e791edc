"""Sentences about links, exports and read-backs."""

from core.errors import linking, links
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    linking.NoSuchLink: Template(
        tr("Unknown link"), tr("There is no link called {name}."), tr("See: anchorhold link list.")
    ),
    linking.LinkNameTaken: Template(
        tr("Name taken"), tr("A link called {name} exists already."), tr("Choose another name.")
    ),
    linking.TwoEndsNeeded: Template(
        tr("Two ends"), tr("{device} cannot be both ends of a link."), tr("Choose two devices.")
    ),
    linking.KeyChanged: Template(
        tr("Key changed"),
        tr("The newest key of {device} ({state}) differs from the approved one. Export of {link} is blocked."),
        tr("Let two people compare the new key, or reject it."),
    ),
    linking.KeyNotApproved: Template(
        tr("Key not approved"),
        tr("The key of {device} is not approved, so {link} was not exported."),
        tr("Receive the key where it is missing, and let two people compare it with the far end."),
    ),
    linking.LinkSuspended: Template(
        tr("Suspended"),
        tr("{link} is suspended because an attack is suspected. Nothing was exported."),
        tr("Clear up with the owners which key is theirs, and let two people compare it again."),
    ),
    linking.KeyStaysHere: Template(
        tr("The key stays here"),
        tr("{why}, so no file was made of it."),
        tr("Let two people compare it with its owner first."),
        {
            "none": tr("{device} has no approved key"),
            "waiting": tr("The key of {device} was not compared yet"),
            "compared": tr("The key of {device} was compared by one person only"),
            "changed": tr("A newer key of {device} waits to be compared"),
            "suspected": tr("The key of {device} is under suspicion"),
        },
    ),
    linking.NothingToTake: Template(
        tr("No file yet"),
        tr("{why}, so no file was made of it."),
        tr("Its details say what comes next."),
        {
            "authority": tr("{name} has no certificate yet"),
            "certificate": tr("The certificate of {name} was never finished"),
            "crl": tr("{name} has not signed a CRL yet"),
        },
    ),
    linking.LinkRetired: Template(tr("Retired"), tr("{link} is retired. Nothing was changed."), tr("Add a new link.")),
    linking.UnknownTechnology: Template(
        tr("Unknown technology"), tr('"{text}" is not a technology of a link.'), tr("Choose one of: {known}.")
    ),
    linking.NothingInCommon: Template(
        tr("Nothing in common"),
        tr("The platforms of {left} and {right} carry no technology together, so no link was made."),
        tr("Choose two devices of platforms that talk to each other."),
    ),
    linking.SameLinkTwice: Template(
        tr("There already"),
        tr("{link} joins these two devices with this technology."),
        tr("Use that one, or retire it first."),
    ),
    linking.NothingToExport: Template(
        tr("Nothing to export"),
        tr("No link can be exported, so nothing was written."),
        tr("See what blocks each: anchorhold link list."),
    ),
    linking.FolderNotEmpty: Template(
        tr("Already there"),
        tr("{path} exists already and was not overwritten. Nothing was written."),
        tr("Choose an empty folder, so that old and new pins never mix."),
    ),
    linking.WrittenDifferently: Template(
        tr("The medium is not sound"),
        tr("{path} did not read back as it was written. The export was taken back."),
        tr("Use another disk or stick."),
    ),
    linking.NameNotForMedium: Template(
        tr("A name that the medium does not take"),
        tr("{path} cannot have that name on this medium. Nothing was written."),
        tr("Export to a disk of this machine, and carry the folder packed: tar cf link.tar DIR."),
    ),
    linking.NothingPinnedHere: Template(
        tr("Nothing to look for"),
        tr("{device} has no approved peer key to look for."),
        tr("Export its links first."),
    ),
    links.KeyDoesNotFit: Template(
        tr("The key does not fit"),
        tr("{platform} cannot use the key of {device} ({algorithm}): {why} Nothing was written."),
        tr("Ask for another key, or change the platform."),
        {
            "cannot-sign": tr("X25519 keys cannot sign, and this link needs signatures."),
            "needs-x25519": tr("WireGuard takes X25519 keys only."),
            "needs-certificate": tr("it pins certificates, and this key came without one."),
            "needs-authority": tr("it pins no keys; it can be an end once certificates of a local CA vouch."),
            "needs-rsa": tr("it takes raw RSA keys only."),
            "no-ed25519": tr("it does not take Ed25519 keys."),
            "signs-pkcs1": tr("its RSA signatures are not RSA-PSS."),
        },
    ),
    links.Unwritable: Template(
        tr("Not fit for a configuration"),
        tr("The field {what} holds characters that must not stand in a configuration. Nothing was written."),
        tr("Change the device, then export again."),
    ),
    links.NothingToPin: Template(
        tr("No approved key"),
        tr("{device} has no approved key. Nothing was written."),
        tr("Compare its key first."),
    ),
    links.NetworksDoNotMeet: Template(
        tr("Networks do not meet"),
        tr("One end of {link} has only IPv4 networks and the other only IPv6. Nothing was written."),
        tr("Give both ends networks of the same kind."),
    ),
    links.TechnologyDoesNotFit: Template(
        tr("The technology does not fit"),
        tr("{device} is of the platform {platform}, which does not carry {technology}."),
        tr("Choose another technology, or another device."),
    ),
    links.NothingPrinted: Template(
        tr("No key found"),
        tr("Nothing in this text is a key or fingerprint that a known program prints. Nothing was recorded."),
        tr("Paste the whole output of the command in verify.txt."),
    ),
    links.OnlyShortIds: Template(
        tr("Short ids prove nothing"),
        tr("This output holds only short key ids, which anybody can imitate. Nothing was recorded."),
        tr("Paste the output of the commands in verify.txt instead."),
    ),
    links.TooMuchPrinted: Template(
        tr("Too much"),
        tr("This is more than {limit} {unit}. Nothing was recorded."),
        tr("Paste one device's output."),
    ),
}
