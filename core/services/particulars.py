"""What policy documents state of a workspace: numbers from the rules themselves, lists from the registers.

Nothing in it depends on the time of day or on how many certificates there are, so that a document changes only when what
it states does.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from core.crypto import names
from core.crypto.certificates import read_certificate
from core.crypto.envelope import STANDARD
from core.model.agreements import Allowing
from core.model.authorities import Authority, AuthorityState, CaKey, Layer, Service
from core.model.certificates import Profile, San
from core.model.custody import MOST_HOLDERS, SESSION_SECONDS, HeldKey
from core.model.devices import DeviceState
from core.model.documents import Document
from core.model.events import EVENTS
from core.model.people import Duty
from core.model.records import RecordState
from core.model.revocation import Reason
from core.model.workspace import Workspace
from core.policy import access, audit, authorities, clauses, crls, custody, duties, lifetimes, people, profiles, records
from core.policy import decisions as decided
from core.policy import proposals as agreement
from core.policy.documents import Label
from core.services import agreements, settings
from core.services import authorities as known
from core.services import caps as cap_tables
from core.store import agreements as allowed
from core.store import authorities as authorities_on_file
from core.store import custody as keys_on_file
from core.store import decisions as decisions_on_file
from core.store import design, devices, trust
from core.store import people as people_on_file
from core.store import records as records_on_file
from core.store import waivers as waivers_on_file
from core.store.unit import Connection

Facts = dict[str, Any]
_UNSAID, _NONE = "not stated", "none"


def facts(connection: Connection, workspace: Workspace, now: datetime, document: Document, number: int) -> Facts:
    """Every fact that a provision may name, as texts, numbers and lists of them."""
    found = values(connection, workspace, now.date())
    found |= _workspace(connection, workspace) | _people(connection, now) | _profiles(connection)
    found |= _authorities(connection) | _anchors(connection, now.date())
    found |= _keys(connection) | _records(connection) | _agreements(connection)
    found |= {"short": document.short, "long": Label("title")(document.value), "version": str(number)}
    found["relying"] = _joined(_relying(connection))
    found["others_rely"] = bool(found["relying"] or found["record.relying-organisation"])
    found["assessed"] = any(found[f"record.{each}"] for each in _ASSESSMENTS)
    found["accepted"] = bool(found["decided"] or found["waivers"])
    return found


def values(connection: Connection, workspace: Workspace, today: date) -> Facts:
    """The settings and values of rules that are in force."""
    return {**_numbers(), **_crl(connection), **_lifetimes(connection, workspace, today)}


_ASSESSMENTS = ("posture-review", "penetration-test", "scheme-certificate")


def _joined(texts: Any) -> str:
    return ", ".join(texts)


def _hours(time: Any) -> int:
    return int(time.total_seconds()) // 3600


def _numbers() -> Facts:
    """What rules enforce, from where they take it."""
    return {
        "approval_days": agreement.LASTS.days,
        "proposal_days": agreement.WAITS.days,
        "quorum_least": custody.LEAST_QUORUM,
        "holders_most": MOST_HOLDERS,
        "session_minutes": SESSION_SECONDS // 60,
        "passphrase_least": people.SHORTEST,
        "free_tries": people.FREE_TRIES,
        "delay_most": people.delay(99),
        "argon_memory": STANDARD.memory // 1024,
        "argon_passes": STANDARD.passes,
        "access_days": access.EVERY.days,
        "ledger_days": audit.REVIEW_DAYS,
        "ledger_sample": audit.SAMPLE,
        "patch_critical": records.PATCH_DAYS["critical"],
        "patch_important": records.PATCH_DAYS["important"],
        "posture_days": records.find("posture-review").every,
        "test_days": records.find("penetration-test").every,
        "backdate_minutes": int(lifetimes.BACKDATE.total_seconds()) // 60,
        "events": len(EVENTS),
        "clauses": len(clauses.clauses()),
        "path_root": authorities.PATH_LENGTH[Layer.ROOT],
        "path_sub": authorities.PATH_LENGTH[Layer.SUB],
        "agreed": [{"name": Label("agreed")(kind)} for kind in agreement.RULES],
        "reasons": [{"name": Label("reason")(each.value)} for each in Reason],
    }


def _crl(connection: Connection) -> Facts:
    valid = _hours(settings.crl_validity(connection, Layer.SUB))
    every = _hours(crls.EVERY)
    return {
        "crl_every": every,
        "crl_valid": valid,
        "crl_margin": valid - every,
        "crl_most": _hours(crls.VALID),
        "crl_last_number": crls.LAST_NUMBER,
        "root_crl_most": crls.ROOT_VALID.days,
        "root_crl_valid": settings.crl_validity(connection, Layer.ROOT).days,
        "root_crl_planned": crls.ROOT_EVERY.days,
    }


def _lifetimes(connection: Connection, workspace: Workspace, today: date) -> Facts:
    caps = cap_tables.in_force(connection)
    in_force = {
        each.clause: each for each in reversed(decisions_on_file.all_decisions(connection)) if each.review >= today
    }
    return {
        "cap_root": caps.of(Layer.ROOT).isoformat(),
        "cap_sub": caps.of(Layer.SUB).isoformat(),
        "network_end": workspace.network_end,
        "ee_days": max(each.days for each in profiles.profiles().values()),
        "rsa_bits": min(each.rsa_bits for each in profiles.profiles().values()),
        "decision_days": decided.REVIEW.days,
        "decided": [
            {
                "clause": each.clause,
                "value": each.value.isoformat(),
                "review": each.review.isoformat(),
                "reason": each.reason,
                "made": f"{each.made:%Y-%m-%d}",
            }
            for each in in_force.values()
        ],
        "waivers": [
            {
                "clause": each.clause,
                "until": each.until.isoformat(),
                "review": each.review.isoformat(),
                "reason": each.reason,
            }
            for each in waivers_on_file.all_waivers(connection)
            if each.until >= today
        ],
    }


def _workspace(connection: Connection, workspace: Workspace) -> Facts:
    source = clauses.source()
    persons = records_on_file.in_force(connection, "responsible-person")
    person, deputy = workspace.responsible, workspace.deputy
    if persons:
        person, deputy = persons[-1].facts["person"], persons[-1].facts["deputy"]
    in_service = {each.platform for each in devices.all_devices(connection) if each.state is not DeviceState.RETIRED}
    community = records_on_file.in_force(connection, "community")
    return {
        "workspace": workspace.name,
        "organisation": workspace.organisation or workspace.name,
        "community": community[-1].facts["community"] if community else workspace.community or _UNSAID,
        "technologies": _joined(Label("technology")(each) for each in workspace.technologies) or _UNSAID,
        "responsible": _name(connection, person),
        "deputy": _name(connection, deputy) or _NONE,
        "named": person,
        "rehearsal": workspace.rehearsal,
        "platforms": _joined(sorted(Label("platform")(each.value) for each in in_service)),
        "guidance": source["title"],
        "guidance_by": source["publisher"],
        "guidance_date": source["updated"].isoformat(),
    }


def _name(connection: Connection, name: str) -> str:
    person = people_on_file.find(connection, name) if name else None
    return person.full_name if person else name


def _relying(connection: Connection) -> tuple[str, ...]:
    found = design.newest(connection)
    return found.relying if found else ()


def _people(connection: Connection, now: datetime) -> Facts:
    here = [each for each in people_on_file.all_operators(connection) if each.in_force(now)]
    held = Counter(duty for each in here for duty in each.duties)
    name = Label("duty")
    pairs = [
        {"one": name(each.one.value), "other": name(each.other.value), "hard": each.refused} for each in duties.PAIRS
    ]
    return {
        "duties": [{"name": name(each.value), "does": Label("does")(each.value), "count": held[each]} for each in Duty],
        "registration_officers": held[Duty.REGISTRATION_OFFICER],
        "auditors": held[Duty.AUDITOR],
        "revoking": _joined(name(each.value) for each in Duty if each in duties.REVOKING),
        "deciding": _joined(name(each.value) for each in Duty if each in duties.DECIDING),
        "pairs_refused": [each for each in pairs if each["hard"]],
        "pairs_shown": [each for each in pairs if not each["hard"]],
    }


def _profiles(connection: Connection) -> Facts:
    """Of the technologies that an authority here issues for; of all where there is none yet."""
    on_file = authorities_on_file.all_authorities(connection)
    here = {each.service for each in on_file if each.service} or set(Service)
    return {
        "profiles": [_profile(each) for each in profiles.profiles().values() if here & {*each.services}],
        "services": [
            {"service": Label("technology")(each.value), "usages": _usages(authorities.ekus(each))}
            for each in Service
            if each in here
        ],
    }


def _usages(oids: tuple[str, ...]) -> str:
    return _joined(Label("usage")(each) for each in oids) or _NONE


def _profile(profile: Profile) -> Facts:
    rsa = f" from {profile.rsa_bits} bits"
    return {
        "name": profile.name,
        "about": profile.about,
        "service": _joined(Label("technology")(each.value) for each in profile.services),
        "usages": _usages(profile.ekus),
        "keys": _joined(Label("key")(each.value) + (rsa if each.value == "rsa" else "") for each in profile.keys),
        "attributes": _joined(profile.attributes),
        "sans": _joined(Label("san")(each.value) for each in profile.sans),
        "days": profile.days,
    }


def _authorities(connection: Connection) -> Facts:
    here = authorities_on_file.all_authorities(connection)
    keys = {each.name: each for each in keys_on_file.all_keys(connection)}
    told = {each.id: _authority(each, keys.get(each.key)) for each in here}
    stands = [each for each in here if each.state is not AuthorityState.DESTROYED]
    return {
        "authorities": list(told.values()),
        "roots": [told[each.id] for each in stands if each.layer is Layer.ROOT],
        "subs": [told[each.id] for each in stands if each.layer is Layer.SUB],
        "constrained": [each for each in told.values() if each["permitted"] != _NONE or each["excluded"] != _NONE],
        "ca_keys": _joined(Label("key")(each.value) for each in CaKey),
    }


def _authority(authority: Authority, key: HeldKey | None) -> Facts:
    stands = known.facts(authority)
    words = read_certificate(authority.certificate) if authority.certificate else None
    return {
        "name": authority.name,
        "layer": Label("layer")(authority.layer.value),
        "service": Label("technology")(authority.service.value) if authority.service else "all",
        "subject": stands.subject,
        "until": stands.until or "not certified yet",
        "fingerprint": stands.sha256 or "not certified yet",
        "state": Label("authority")(authority.state.value),
        "policy": authority.policy,
        "crl_url": authority.crl_url,
        "permitted": _sans(words.permitted if words else ()),
        "excluded": _sans(words.excluded if words else ()),
        "key": Label("key")(key.type.value) if key else "key in another workspace",
    }


def _sans(found: tuple[San, ...]) -> str:
    return _joined(str(each) for each in found) or _NONE


def _anchors(connection: Connection, today: date) -> Facts:
    """The authorities of others that count today (C17)."""
    told = [
        {
            "name": each.name,
            "subject": names.text(each.subject),
            "purpose": each.purpose,
            "until": each.until.isoformat(),
            "fingerprint": each.sha256,
        }
        for each in trust.all_anchors(connection)
        if each.counts(today)
    ]
    return {"anchors": told}


def _agreements(connection: Connection) -> Facts:
    """What two people allow beside the plain rules of enrolment; of a device the newest exception."""
    exceptions = {each.about: each.value for each in reversed(allowed.all_of(connection, Allowing.KEY))}
    return {
        "ticket_pattern": agreements.pattern(connection),
        "exceptions": [{"device": device, "how": how} for device, how in exceptions.items()],
    }


def _keys(connection: Connection) -> Facts:
    held = [each for each in keys_on_file.all_keys(connection) if not each.destroyed]
    told = [
        {
            "name": each.name,
            "type": Label("key")(each.type.value),
            "source": Label("source")(each.source.value),
            "approval": each.approval or each.finding or _NONE,
            "quorum": each.sealed.quorum,
            "holders": len(each.holders),
            "token": f"{each.token.manufacturer} {each.token.model} {each.token.serial}" if each.token else "",
        }
        for each in held
    ]
    return {
        "keys": told,
        "tokens": [each for each in told if each["token"]],
        "at_risk": any(custody.at_risk(each) for each in held),
    }


def _records(connection: Connection) -> Facts:
    found: Facts = {f"record.{kind}": [] for kind in records.kinds()}
    for each in records_on_file.all_records(connection):
        if each.state is RecordState.IN_FORCE and each.kind in records.kinds():
            kind = records.find(each.kind)
            values = {field.name: each.facts.get(field.name) or _UNSAID for field in kind.fields}
            found[f"record.{each.kind}"].append({**values, "owner": each.owner, "review": each.review.isoformat()})
    choices = records.find("procedure").field("procedure")
    for name in choices.choices if choices else ():
        found[f"procedure.{name}"] = [each for each in found["record.procedure"] if each["procedure"] == name]
    return found
