"""Every module with a rule of the register, loaded, so that the register finds the rules where it says they are."""

from types import ModuleType

from core.crypto import chains as crypto_chains
from core.crypto import crls as crypto_crls
from core.crypto import envelope as crypto_envelope
from core.crypto import private as crypto_private
from core.crypto import requests as crypto_requests
from core.policy import advice as policy_advice
from core.policy import agreements as policy_agreements
from core.policy import audit as policy_audit
from core.policy import authorities as policy_authorities
from core.policy import caps as policy_caps
from core.policy import comparison as policy_comparison
from core.policy import constraints as policy_constraints
from core.policy import crls as policy_crls
from core.policy import custody as policy_custody
from core.policy import documents as policy_documents
from core.policy import duties as policy_duties
from core.policy import enrolment as policy_enrolment
from core.policy import gates as policy_gates
from core.policy import lifetimes as policy_lifetimes
from core.policy import people as policy_people
from core.policy import platforms as policy_platforms
from core.policy import profiles as policy_profiles
from core.policy import proposals as policy_proposals
from core.policy import records as policy_records
from core.policy import secrets as policy_secrets
from core.policy import texts as policy_texts
from core.services import backups as services_backups
from core.services import carry as services_carry
from core.services import devices as services_devices
from core.services import issuing as services_issuing
from core.services import ledger as services_ledger
from core.services import links as services_links
from core.services import logs as services_logs
from core.services import offline as services_offline
from core.services import perform as services_perform
from core.services import readback as services_readback
from core.services import revocation as services_revocation
from core.services import rows as services_rows
from core.services import soundness as services_soundness

MODULES: dict[str, ModuleType] = {
    each.__name__: each
    for each in (
        crypto_chains,
        crypto_crls,
        crypto_envelope,
        crypto_private,
        crypto_requests,
        policy_advice,
        policy_agreements,
        policy_audit,
        policy_authorities,
        policy_caps,
        policy_comparison,
        policy_constraints,
        policy_crls,
        policy_custody,
        policy_documents,
        policy_duties,
        policy_enrolment,
        policy_gates,
        policy_lifetimes,
        policy_people,
        policy_platforms,
        policy_profiles,
        policy_proposals,
        policy_records,
        policy_secrets,
        policy_texts,
        services_backups,
        services_carry,
        services_devices,
        services_issuing,
        services_ledger,
        services_links,
        services_logs,
        services_offline,
        services_perform,
        services_readback,
        services_revocation,
        services_rows,
        services_soundness,
    )
}
