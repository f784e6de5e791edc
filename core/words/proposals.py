"""The sentence of each kind of proposal, which its approver sees and signs, and the refusals of proposals."""

from collections.abc import Mapping
from typing import Any

from core.errors import proposals
from core.errors.base import Expected
from core.model.certificates import Proved
from core.model.proposals import Need, Proposal, State, Step
from core.policy.roster import NEVER
from core.words.hierarchy import PROFILES, REASONS, SERVICES
from core.words.people import DUTIES
from core.words.tongue import Template, told, tr

# One sentence per kind; the facts of the proposal fill it in. Every fact that decides stands in it.
SENTENCES = {
    "people.add": tr("{full_name} is to work here as {name} with the duties {duties}{until}."),
    "people.restore": tr("{name} has lost their passphrase and is to get a new key in place of the old one."),
    "people.duty": tr("The duties of {name} change{add}{remove}{until}."),
    "custody.replace": tr("{new} takes the place of {old} as a custodian of the key {key}."),
    "clock.correct": tr("The newest entry, of {newest}, came from a clock that ran ahead; entries go on from now."),
    "head.accept": tr(
        "This file takes the place of the one whose entry {seen} of {time} was seen, although that entry is not in it. "
        "What was done in that one is given up here; no CRL is signed before the published one was read in."
    ),
    "workspace.switch": tr(
        "The workspace becomes a local CA for {technologies}, for the community {community}; {relying} rely on it; "
        "its hierarchy is {hierarchy}. Devices, pins, links and ledger stay."
    ),
    "workspace.switch-back": tr("The workspace goes back to {to} mode, since no sub CA was installed."),
    "clause.decide": tr(
        "Keys under clause {clause} may live until {value} in the place of the published date; reviewed by {review}."
    ),
    "clause.waive": tr("The clause {clause} is left until {until}, and looked at again by {review}."),
    "caps.change": tr(
        "The table of key lifetimes has new dates: sub CAs until {sub}, roots until {root}, after {source} of {dated}. "
        "Certificates that were issued keep the version they were issued under."
    ),
    "organisation.admit": tr(
        "{name} relies on this PKI although it belongs to another community, {community}; reached by {contact}. "
        "{owner} answers for it; reviewed by {review}."
    ),
    "ticket.pattern": tr("Tickets have to look like this from now on: {pattern}."),
    "ticket.widen": tr("The ticket {about} counts for {devices}."),
    "request.key-exception": tr(
        "The key of {device} is made another way than on the device, because its own security procedures ask for it: "
        "{how}. It is not stored here either."
    ),
    "document.approve": tr(
        "Version {version} of the {title} is approved: {sections} headings, {written} of them with a text; SHA-256 {sha256}."
    ),
    "crl.validity": tr("A CRL of an issuing authority counts for {hours} hours from its issue, instead of {instead}."),
    "crl.none": tr(
        "No CRL of {authority} is published that could be read in after the restore of {restored} UTC. Its next CRL "
        "has the number {number}, so that none comes twice, and tells only of what this file knows."
    ),
    "authority.certify": tr(
        "A sub CA for {service}, {subject}, called {name} and asked for by workspace {sender}, is certified until {until} "
        "under the serial {serial}, with the policy {policy} and its CRLs at {crl_url}{permitted}{excluded}. Its request has the SHA-256 {answers}."
    ),
    "authority.destroy": tr(
        "The key of {authority} is destroyed: what this file holds of it is overwritten{token}. It signs nothing any more, "
        "no CRL either, and nothing leads back."
    ),
    "request.register": tr(
        "The request of {device} with the SHA-256 {request_sha256} is registered after the profile {profile}: {subject}, "
        "names {sans}, {until}{renews}{evidence}{key_made}."
    ),
    "certificate.issue": tr(
        "A certificate of {authority} for {device} after the profile {profile}: {subject}, names {sans}, until {until}, "
        "serial {serial}{renews}{proved}{evidence}{key_made}{desk}."
    ),
    "certificate.revoke": tr('The certificate {serial} is revoked for ever, with the reason "{reason}"{same_key}.'),
}
_PARTS = {
    "authority.destroy": {
        "token": tr(", and on the token {token} it was deleted with the token's own means"),
    },
    "authority.certify": {
        "permitted": tr(", only for names under {permitted}"),
        "excluded": tr(", never for names under {excluded}"),
    },
    "request.register": {
        "renews": tr(", in the place of {renews}"),
        "key_made": tr(", its key made by a recorded exception: {key_made}"),
        "evidence": tr(", over the key that {evidence} compared with the far end"),
    },
    "certificate.issue": {
        "desk": tr(", registered at the desk {desk}"),
        "renews": tr(", in the place of {renews}"),
        "proved": tr(", {proved}"),
        "key_made": tr(", its key made by a recorded exception: {key_made}"),
        "evidence": tr(", over the key that {evidence} compared with the far end"),
    },
    "certificate.revoke": {"same_key": tr(", and with it every other one over its key: {same_key}")},
    "people.add": {"until": tr(", until {until}")},
    "people.duty": {
        "add": tr(", adding {add}"),
        "remove": tr(", taking away {remove}"),
        "until": tr(", with {until} as the last day of access"),
    },
}
# What facts of the program's own are called.
_WORDS: dict[str, dict[str, Mapping[Any, str]]] = {
    "people.add": {"duties": DUTIES},
    "people.duty": {"add": DUTIES, "remove": DUTIES},
    "workspace.switch": {"technologies": SERVICES},
    "authority.certify": {"service": SERVICES},
    "request.register": {"profile": PROFILES},
    "certificate.revoke": {"reason": REASONS},
    "certificate.issue": {
        "profile": PROFILES,
        "proved": {
            Proved.CURRENT_KEY.value: tr("its request signed by the current key"),
            Proved.SAME_KEY.value: tr("over the same key as before"),
            Proved.COMPARED.value: tr("its new key compared like a first one"),
        },
    },
}
_EMPTY = {
    "request.register": {"until": tr("until the CA's own limit")},
    "ticket.pattern": {"pattern": tr("anything")},
    "ticket.widen": {"devices": tr("every device")},
}
_NO_END = tr(", without a last day of access")
_ASKED = tr("Asked for by {proposer} on {time}.")
_ASKED_BECAUSE = tr('Asked for by {proposer} on {time}: "{reason}".')
_TICKET = tr("Ticket {ticket}.")
_BYTES = tr("The bytes that will be signed have the SHA-256 {tbs_sha256}.")


def sentence(proposal: Proposal) -> str:
    """What is asked for, by whom and why, in one line: this is what an approver signs."""
    worded = {**proposal.facts}
    for name, meanings in _WORDS.get(proposal.kind, {}).items():
        worded[name] = _named(worded.get(name, ""), meanings)
    facts: dict[str, Any] = {
        name: ", ".join(value) if isinstance(value, list) else value for name, value in worded.items()
    }
    for name, part in _PARTS.get(proposal.kind, {}).items():
        facts[name] = told(part, {name: facts[name]}) if facts.get(name) else ""
    for name, empty in _EMPTY.get(proposal.kind, {}).items():
        facts[name] = facts[name] or told(empty, {})
    if proposal.facts.get("until") == NEVER:
        facts["until"] = told(_NO_END, {})
    asked = {"proposer": proposal.proposer, "time": f"{proposal.statement.time:%Y-%m-%d %H:%M UTC}"}
    found = [told(SENTENCES[proposal.kind], facts)]
    found.append(
        told(_ASKED_BECAUSE if proposal.reason else _ASKED, {**asked, "reason": proposal.reason.replace('"', "'")})
    )
    if proposal.ticket:
        found.append(told(_TICKET, {"ticket": proposal.ticket}))
    if proposal.tbs_sha256:
        found.append(told(_BYTES, {"tbs_sha256": proposal.tbs_sha256}))
    return " ".join(found)


def _named(value: Any, meanings: Mapping[Any, str]) -> Any:
    """In words; what has none here is of another version and stays as it is."""
    if isinstance(value, list):
        return [_named(each, meanings) for each in value]
    return told(meanings[value], {}) if value in meanings else value


_NEEDS = {
    Step.APPROVAL: tr("approval by one of: {people}"),
    Step.ACCEPTANCE: tr("acceptance by {people}, who sets an own passphrase (anchorhold people accept)"),
    Step.PERFORMING: tr("performing by one of: {people}"),
}
_NEEDS_ONE = {
    Step.APPROVAL: tr("approval by {people}"),
    Step.ACCEPTANCE: _NEEDS[Step.ACCEPTANCE],
    Step.PERFORMING: tr("performing by {people}"),
}
_NOBODY = tr("approval, but nobody here can give it: add a person with a fitting duty")


def need(what: Need) -> str:
    """What a proposal waits for."""
    if not what.people:
        return told(_NOBODY, {})
    needs = _NEEDS_ONE if len(what.people) == 1 else _NEEDS
    return told(needs[what.step], {"people": what.people})


STATES = {
    State.WAITING: tr("waits for approval"),
    State.APPROVED: tr("approved, not yet performed"),
    State.PERFORMED: tr("performed"),
    State.REFUSED: tr("refused"),
    State.WITHDRAWN: tr("withdrawn"),
    State.EXPIRED: tr("expired"),
}

TEMPLATES: dict[type[Expected], Template] = {
    proposals.NoSuchProposal: Template(
        tr("No such proposal"),
        tr("{count} proposals begin with {id}, so nothing was done."),
        tr("Type more of its name, six digits at least (anchorhold proposal list)."),
    ),
    proposals.OwnProposal: Template(
        tr("A second person is needed"),
        tr("{name} asked for this, so {name} cannot approve it. Nothing was approved."),
        tr("It can be approved by: {others}."),
    ),
    proposals.SamePerson: Template(
        tr("One person twice"),
        tr(
            "{one} and {other} are both called {full_name}, so one person would agree with themselves. It was recorded."
        ),
        tr("Ask another person."),
    ),
    proposals.ProposalClosed: Template(
        tr("Not open"),
        tr("Proposal {id} is {state}. Nothing was done."),
        tr("If it is still wanted, propose it again."),
    ),
    proposals.ApprovalMissing: Template(
        tr("Not approved"),
        tr("Proposal {id} has {given} approvals that count and needs {needed}. Nothing was done."),
        tr("Ask somebody to approve it (anchorhold approve)."),
    ),
    proposals.ApprovalStale: Template(
        tr("That agreement does not count any more"),
        tr("The agreement of {name} does not count: {why} Nothing was done."),
        tr("Withdraw the proposal and make it again."),
        {
            "old": tr("it is older than 7 days."),
            "future": tr("it carries a time that is still to come."),
            "duty": tr("they do not hold a duty for it now."),
            "key": tr("they got a new key since."),
            "gone": tr("they do not work here now."),
        },
    ),
    proposals.ListChanged: Template(
        tr("Another list by now"),
        tr("The list {id} is not what waits now, so nothing was approved."),
        tr("Look at the list again (anchorhold proposal list) and approve the one that is shown."),
    ),
    proposals.NotYours: Template(
        tr("Not your proposal"),
        tr("{proposer} made this proposal; {name} cannot withdraw it. Nothing was changed."),
        tr("Refuse it instead (anchorhold refuse)."),
    ),
    proposals.SentenceMissing: Template(
        tr("Nothing was shown"),
        tr("Nobody approves what they were not shown, so nothing was approved."),
        tr("Open the proposal and read it."),
    ),
    proposals.ProposalTampered: Template(
        tr("A proposal was changed past the program"),
        tr("Proposal {id} is not what its author signed. Nothing was done."),
        tr("Stop work, keep a copy of the file, run anchorhold audit verify, and tell the responsible person."),
    ),
    proposals.OwnMatter: Template(
        tr("Two others are needed"),
        tr("A lost passphrase of {name} is mended by two other people. Nothing was done."),
        tr("One of them proposes it, the other approves it."),
    ),
    proposals.SecurityOfficerMissing: Template(
        tr("A security officer is needed"),
        tr("One of the two who agree on this has to be a security officer. Nothing was approved."),
        tr("Ask a security officer to approve it."),
    ),
    proposals.ProposedAlready: Template(
        tr("Asked for already"),
        tr("Proposal {id} asks for the same and is still open. Nothing was added."),
        tr("Approve, refuse or withdraw that one."),
    ),
}
