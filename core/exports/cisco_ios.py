"""Cisco IOS: raw RSA keys in the public key chain. IOS uses them for IKEv1 only, so this is shown as legacy.

One address has one key: while the peer rolls over, the older pin lies beside in a file of its own.
"""

from core.exports.plan import Plan, commented, drawn, text
from core.model.keys import PublicKey
from core.model.links import Bundle, ExportedFile

FOLDER = "install/cisco-ios"
GROUP = 8  # hex digits, as `show crypto key` prints them
GROUPS_A_LINE = 8
LEGACY = (
    "Legacy: IOS takes pinned RSA keys with IKEv1 only, which the PRIME profile does not cover.",
    "Plan to replace this link by an IKEv2 one. Paste this text in configuration mode.",
)


def files(bundle: Bundle) -> list[ExportedFile]:
    """LINK.txt to paste, and LINK.previous.txt for the older pin."""
    plan = drawn(bundle)
    names = (f"{plan.link}.txt", f"{plan.link}.previous.txt")
    return [
        ExportedFile(
            f"{FOLDER}/{name}",
            text(*commented(plan, "!"), *(f"! {each}" for each in LEGACY), *_chain(plan, pin)),
        )
        for name, pin in zip(names, plan.peer.keys, strict=False)
    ]


def _chain(plan: Plan, pin: PublicKey) -> list[str]:
    return [
        "crypto key pubkey-chain rsa",
        *_key_name(plan),
        "  key-string",
        *key_string(pin.spki),
        "  quit",
        " exit",
        "exit",
    ]


def _key_name(plan: Plan) -> list[str]:
    """Keys are looked up by what the peer calls itself; only an address needs no second line."""
    if plan.peer.identity_kind in ("ipv4", "ipv6"):
        return [f" addressed-key {plan.peer.identity}"]
    return [
        f" named-key {plan.peer.identity}",
        *([f"  address {plan.peer.address}"] if plan.peer.literal else []),
    ]


def key_string(spki: bytes) -> list[str]:
    """The public key as IOS prints it: groups of 8 hex digits."""
    digits = spki.hex().upper()
    groups = [digits[start : start + GROUP] for start in range(0, len(digits), GROUP)]
    return [f"   {' '.join(groups[start : start + GROUPS_A_LINE])}" for start in range(0, len(groups), GROUPS_A_LINE)]
