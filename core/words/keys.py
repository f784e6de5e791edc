"""Sentences about what a key file or a heard value holds."""

from core.errors import keys
from core.errors.base import Expected
from core.words.tongue import Template, tr

TEMPLATES: dict[type[Expected], Template] = {
    keys.NotAKey: Template(
        tr("No key found"),
        tr("This is not a public key; it looks like: {looked_like}. Nothing was kept."),
        tr("Ask for the public key, a certificate request or a self-signed certificate of the device."),
    ),
    keys.KeyFileTooLarge: Template(
        tr("Too large"),
        tr("This file is too large to be a key: the limit is {limit} bytes. Nothing was kept."),
        tr("Ask for the public key alone."),
    ),
    keys.PrivateKeyInFile: Template(
        tr("A private key"),
        tr("This file holds a private key ({kind}). Anchorhold only takes public keys, so nothing was kept."),
        tr(
            "Wipe this copy (shred -u FILE, and the message it came in), make a new key on the device, because this "
            "one has left it, and ask for the public key only."
        ),
    ),
    keys.SharedSecretInFile: Template(
        tr("A shared secret"),
        tr(
            "This holds a shared secret ({kind}). The guidance advises against keys shared by devices; it was not kept."
        ),
        tr("Use public keys on both ends, and change the secret where it was in use: it has been copied here."),
    ),
    keys.SeveralKeys: Template(
        tr("Several keys"),
        tr("This file holds {count} keys or certificates; one is taken at a time. Nothing was kept."),
        tr("Save the device's own in a file by itself."),
    ),
    keys.WeakSignature: Template(
        tr("Weak signature"),
        tr("The {source} is signed with {algorithm}, which nobody can tell from a forgery. Nothing was kept."),
        tr("Make it again with SHA-256."),
    ),
    keys.CertificateSignatureWrong: Template(
        tr("The certificate does not fit its key"),
        tr("The signature on this self-signed certificate does not fit its key. Nothing was kept."),
        tr("Ask for it again, straight from the device."),
    ),
    keys.NotSelfSigned: Template(
        tr("Somebody else's certificate"),
        tr("This certificate was issued by {issuer}. A pin needs the device's own. Nothing was kept."),
        tr("Ask for a self-signed certificate or the bare public key."),
    ),
    keys.RequestSignatureWrong: Template(
        tr("The request does not fit its key"),
        tr(
            "The signature on this request does not fit its key, so we cannot tell whether the sender holds the "
            "private key. Nothing was kept."
        ),
        tr("Ask for a new request from the device."),
    ),
    keys.AlgorithmNotAllowed: Template(
        tr("Not an allowed kind of key"),
        tr("A key of type {found} is not taken. Nothing was kept."),
        tr("Use ECDSA P-256 (best), P-384, Ed25519, X25519 for WireGuard, or RSA of 3072 bits and more."),
    ),
    keys.RsaSizeNotAllowed: Template(
        tr("RSA size"),
        tr("This RSA key has {bits} bits; {shortest} to {longest} are taken. Nothing was kept."),
        tr("Make a new key, best ECDSA P-256. RSA from 2048 bits is taken only with a recorded legacy reason."),
    ),
    keys.RsaExponentNotAllowed: Template(
        tr("RSA exponent"),
        tr("The exponent of this RSA key is even or below 65537. Nothing was kept."),
        tr("Make a new key with the device's usual settings."),
    ),
    keys.EncodingNotCanonical: Template(
        tr("Not the canonical spelling"),
        tr("This key is not written in its one canonical form ({why}). Nothing was kept."),
        tr("Export it again with a current tool, for example openssl pkey -pubin."),
    ),
    keys.CompressedPoint: Template(
        tr("Compressed point"),
        tr("This key has a compressed point, which few gateways read. Nothing was kept."),
        tr("Export it uncompressed."),
    ),
    keys.ExplicitParameters: Template(
        tr("Spelt-out curve"),
        tr("This key spells out its curve instead of naming it (RFC 5480). Nothing was kept."),
        tr("Make a key on a named curve, P-256."),
    ),
    keys.PointNotAllowed: Template(
        tr("Not a usable key"),
        tr("This {algorithm} key is {why}; anybody could know the secret made with it. Nothing was kept."),
        tr("Make a new key on the device, and find out where this one came from."),
        {
            "low-order": tr("of low order"),
            "non-canonical": tr("not canonical"),
            "off-curve": tr("not on its curve"),
            "even modulus": tr("of an even modulus"),
        },
    ),
    keys.NothingHeard: Template(
        tr("Nothing entered"),
        tr("No value was entered, so nothing was compared."),
        tr("Type what the far end reads."),
    ),
    keys.HeardTooLong: Template(
        tr("Too long"),
        tr("This has {size} characters; {limit} are the limit. Nothing was compared."),
        tr("Enter the fingerprint alone."),
    ),
    keys.NotAFingerprint: Template(
        tr("Not a fingerprint"),
        tr("Nothing in this text has the shape of a fingerprint. Nothing was compared, no try is used up."),
        tr("Ask the far end to run the command shown and to read its whole output."),
    ),
    keys.NoCertificateOnFile: Template(
        tr("A certificate's fingerprint"),
        tr("This is the fingerprint of a certificate, and the key on file came without one. Nothing was compared."),
        tr("Ask for the public key fingerprint (SHA-256)."),
    ),
}
