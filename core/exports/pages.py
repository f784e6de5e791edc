"""The pages for people in a folder: README, verify, test, rollback, fingerprints. Plain text, 100 columns."""

from collections.abc import Mapping

from core.exports import safe
from core.exports.called import ALGORITHMS, FORMS
from core.exports.cisco_ios import key_string
from core.exports.encoding import base64_text
from core.exports.instructions import FOR, filled
from core.exports.plan import Plan, drawn, pin_name, selectors, text
from core.exports.wireguard import allowed_ips, interface
from core.model.cards import CARD_NAMESPACE
from core.model.devices import Platform
from core.model.keys import Form, Key
from core.model.links import EXPORT_NAMESPACE, Bundle, Technology

_WHOLE = (
    "Nothing in this folder is confidential, and none of it may be changed on the way. In this folder type",
    "  sha256sum -c MANIFEST.sha256",
    "  ssh-keygen -Y verify -f evidence/allowed_signers -I $signer -n $namespace -s MANIFEST.sig < MANIFEST.sha256",
    "The second must name the key $signer_key.",
    "Whoever could change the folder could change that line too: ask $signer for it once, and keep it.",
)
_CARD = (
    "card/peer-card.json is the key of the other end for another Anchorhold (key receive). Its signature:",
    (
        "  ssh-keygen -Y verify -f evidence/allowed_signers -I $signer -n $card_namespace "
        "-s card/peer-card.json.sig < card/peer-card.json"
    ),
    "evidence/verification.json says who compared which key, how and when.",
)
_PINS_STAY = (
    "A gateway never checks how old a pin is, and takes an expired certificate that is pinned (OpenVPN,",
    "strongSwan). The review date above is the only thing that ends it.",
)

Fingerprints = Mapping[int, Mapping[Form, str]]


def _values(bundle: Bundle, plan: Plan) -> dict[str, str]:
    kinds = {"email": "ufqdn"}
    children = selectors(plan) if bundle.link.technology is Technology.IPSEC else []
    child = plan.link if len(children) < 2 else f"{plan.link}-ipv4"
    return {
        "link": plan.link,
        "child": child,
        "own": plan.own.name,
        "peer": plan.peer.name,
        "peer_identity": plan.peer.identity,
        "peer_folder": kinds.get(plan.peer.identity_kind, plan.peer.identity_kind),
        "peer_address": plan.peer.address,
        "interface": interface(plan.link, plan.number),
        "tunnel_peer": plan.tunnel_addresses[1],
        "allowed_ips": ",".join(allowed_ips(plan)),
        "signer": safe.name("signer", bundle.signer),
        "signer_key": safe.line("signer_key", bundle.signer_key),
        "namespace": EXPORT_NAMESPACE,
        "card_namespace": CARD_NAMESPACE,
    }


def _title(bundle: Bundle, what: str) -> list[str]:
    """The marks come first on every page, so that no page can lose them."""
    marks = [f"*** {safe.line('marks', mark)} ***" for mark in bundle.marks]
    own, peer = bundle.own.device.name, bundle.peer.device.name
    return [*marks, f"{what}: link {bundle.link.name}, for {own} (the other end is {peer})", ""]


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"  {each}" for each in lines), ""]


def readme(bundle: Bundle) -> bytes:
    """What to copy where, the commands in order, who approved, ticket and review date."""
    plan, steps = drawn(bundle), FOR[bundle.own.device.platform]
    values = _values(bundle, plan)
    facts = [
        f"made           {bundle.made:%Y-%m-%d %H:%M} UTC by {safe.line('organisation', bundle.organisation)}",
        f"ticket         {safe.line('ticket', bundle.link.ticket) or 'none given'}",
        f"review by      {safe.line('review_by', bundle.review_by) or 'not set'}",
        f"pinned here    {plan.peer.identity}, {_pins(bundle)}",
    ]
    return text(
        *_title(bundle, "README"),
        *_section("Facts", facts),
        *_section("Who compared the keys of both ends", [safe.line("approvals", a) for a in bundle.approvals]),
        *_section("1. Check that the folder arrived whole, and from whom", filled(_WHOLE, values)),
        *_section("2. Copy", filled(steps.copy, values)),
        *_section("3. Load", filled(steps.load, values)),
        *_section("4. Read back", ["Type the commands in verify.txt and hand their output to Anchorhold."]),
        *_section("5. Test", ["As test.txt says. If it does not come up, rollback.txt says how to go back."]),
        *_section("Afterwards", [*_PINS_STAY, *_rolling(bundle)]),
        *_section("What else is in here", filled(_CARD, values)),
    )


def _pins(bundle: Bundle) -> str:
    return "one key" if len(bundle.peer.keys) == 1 else f"{len(bundle.peer.keys)} keys while it rolls over"


def _rolling(bundle: Bundle) -> list[str]:
    ends = [key.pinned_until for key in bundle.peer.keys[1:] if key.pinned_until]
    return [
        line
        for end in ends
        for line in (
            f"The previous key of the other end is pinned until {end}. Then export the link again: the new folder has it",
            "no longer. Put that one in place of this one, and remove the files whose names have .previous in them.",
        )
    ]


def fingerprints(bundle: Bundle, forms: Fingerprints) -> bytes:
    """Every form of every pinned key, as the tools print them."""
    lines = _title(bundle, "Fingerprints of the other end's key")
    for key in bundle.peer.keys:
        lines += _section(_key_title(bundle, key), [f"{FORMS[f]}\n    {v}" for f, v in forms[key.id].items()])
    return text(*lines)


def _key_title(bundle: Bundle, key: Key) -> str:
    newest = "the newest key" if key == bundle.peer.keys[0] else "the previous key"
    return f"{bundle.peer.device.name}, {newest}: {ALGORITHMS[key.public.algorithm]}, {key.public.bits} bits"


def read_back(bundle: Bundle) -> list[str]:
    """What is typed on the device so that it prints what it holds of the other end, every pin of a roll-over."""
    plan, lines = drawn(bundle), FOR[bundle.own.device.platform].read_back
    values = _values(bundle, plan)
    files = tuple(each for each in lines if "$peer.pem" in each)
    older = [pin_name(plan.peer.name, place) for place in range(1, len(bundle.peer.keys))]
    return [*filled(lines, values), *(line for pin in older for line in filled(files, {**values, "peer": pin}))]


def verify(bundle: Bundle, forms: Fingerprints) -> bytes:
    """The read-back commands and the exact strings that the device must print."""
    plan, steps = drawn(bundle), FOR[bundle.own.device.platform]
    lines = _title(bundle, "Read back")
    lines += _section("Type on the device", read_back(bundle))
    for key in bundle.peer.keys:
        spelt = {**forms[key.id], Form.WHOLE_KEY: _whole(bundle.own.device.platform, key)}
        expected = [f"{name}\n    {spelt[form]}" for form, name in steps.prints if form in spelt]
        lines += _section(f"It must print, for {_key_title(bundle, key)}", expected)
    lines += _section("To read this device's own key to the other end", filled(steps.own, _values(bundle, plan)))
    identity = f"The key must stand beside this identity and no other: {plan.peer.identity}"
    after = "Then hand the whole output to Anchorhold (Read back). Only then this end counts as installed."
    return text(*lines, identity, after)


def _whole(platform: Platform, key: Key) -> str:
    """The key itself, for the platforms that print nothing shorter: as a conn has it, or as IOS shows it."""
    if platform is Platform.CISCO_IOS:
        return "\n    ".join(line.strip() for line in key_string(key.public.spki))
    return base64_text(key.public.spki)


def test(bundle: Bundle) -> bytes:
    """Bring-up, the log lines of success, and those of a refusal."""
    plan, steps = drawn(bundle), FOR[bundle.own.device.platform]
    values = _values(bundle, plan)
    return text(
        *_title(bundle, "Test"),
        *_section("Bring the link up", filled(steps.start, values)),
        *_section("Where the log is", filled(steps.log, values)),
        *_section("The log of success", filled(steps.up, values)),
        *_section("The log of a refusal", filled(steps.refused, values)),
        "Once in the life of a link, prove that a wrong key is refused: let the other end load another key of its",
        "own, and see the refusal in the log.",
    )


def rollback(bundle: Bundle, forms: Fingerprints) -> bytes:
    """The previous pin, how to go back, how to end the running association."""
    plan, steps = drawn(bundle), FOR[bundle.own.device.platform]
    values = _values(bundle, plan)
    return text(
        *_title(bundle, "Going back"),
        *_section("The previous pin (SHA-256 of the public key)", _previous(bundle, forms)),
        *(_section("To go back to it", filled(steps.go_back, values)) if len(bundle.peer.keys) > 1 else []),
        *_section("To end what is running", filled(steps.end, values)),
        "A new pin does not end an association that is up: end it, so that both ends prove their keys again.",
    )


def _previous(bundle: Bundle, forms: Fingerprints) -> list[str]:
    """Which pin stood before: one that still may, one that was replaced, one that was given up, or none."""
    rolling, earlier = bundle.peer.keys[1:], bundle.earlier
    if rolling:
        told = [f"{forms[key.id][Form.SPKI_SHA256]}  (approved until {key.pinned_until})" for key in rolling]
        return [*told, "It is in this folder, and both keys work until then."]
    if earlier is None:
        return [
            "None: no other key of that device was handed to this end before. To take the link off again, remove what",
            "README.txt had you copy, load the rest as it says, and end what is running.",
        ]
    where = f"It is in the folder exported on {earlier.exported}: {safe.line('folder', earlier.folder)}"
    if earlier.withdrawn:
        return [f"{earlier.sha256}  (withdrawn)", where, "Never go back to it: it was given up because of a doubt."]
    return [
        f"{earlier.sha256}  (replaced, approved no longer)",
        where,
        "Go back to it only while the other end still uses it, and only on the word of a security officer: copy that",
        "folder's install/ again and load it. Then have the newer key compared again before it is tried once more.",
    ]
