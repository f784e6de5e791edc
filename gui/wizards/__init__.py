"""Wizards: one for each thing that people do, drawn over the states of `core.flows`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog

from core.services.desk import Desk
from core.vault import memory
from gui.bench import Bench

__all__ = ["make", "reading"]

Reading = Callable[[Desk, str], Any]


def reading(what: str) -> Reading | None:
    """What is read beside the lane before the wizard is made, and comes to it as `Bench.found`; None for most.

    Everybody's statements are verified for it, which grows with the workspace.
    """
    from gui.wizards import approve, people
    from gui.wizards.ca import carried, desks, issue

    readings: dict[str, Reading] = {
        "approve": approve.read,
        "refuse": approve.found,
        "issue": issue.read,
        "duties": people.person,
        "accept": people.witnesses,
        "sub-sign": carried.approved,
        "carry-send": desks.ready,
    }
    return readings.get(what)


def make(what: str, about: str, bench: Bench, path: str = "") -> QDialog:
    """The wizard for `what`; `about` names a device or link ("" asks), `path` is a file that was dropped."""
    from gui.wizards import (
        approve,
        backups,
        changed,
        compare,
        device,
        ends,
        export,
        first_run,
        keep,
        ledger,
        link,
        putting_back,
        readback,
        receive,
        sheet,
    )

    memory.overwrite()  # a passphrase may be typed in any of them
    makers: dict[str, Callable[[], QDialog]] = {
        "first-run": lambda: first_run.FirstRunWizard(bench),
        "device": lambda: device.DeviceWizard(bench, about),
        "link": lambda: link.LinkWizard(bench, about),
        "receive": lambda: receive.ReceiveWizard(bench, about, path),
        "compare": lambda: compare.CompareWizard(bench, about),
        "changed": lambda: changed.ChangedWizard(bench, about),
        "export": lambda: export.ExportWizard(bench, about),
        "readback": lambda: readback.ReadBackWizard(bench, about, path),
        "reject": lambda: ends.RejectWizard(bench, about),
        "suspect": lambda: ends.SuspectWizard(bench, about),
        "retire-link": lambda: ends.RetireLinkWizard(bench, about),
        "retire-device": lambda: ends.RetireDeviceWizard(bench, about),
        "approve": lambda: approve.ApproveWizard(bench),
        "refuse": lambda: approve.RefuseWizard(bench),
        "keep-sign-in": lambda: keep.KeepWizard(bench),
        "sheet": lambda: sheet.SheetWizard(bench),
        "backup": lambda: backups.MakeWizard(bench),
        "backup-try": lambda: backups.TryWizard(bench, path),
        "put-back": lambda: putting_back.PutBackWizard(bench, path),
        "ledger-review": lambda: ledger.LedgerWizard(bench),
        **_about(bench, about),
    }
    return makers[what]() if what in makers else _of_a_ca(what, about, bench, path)


def _about(bench: Bench, about: str) -> dict[str, Callable[[], QDialog]]:
    """Of people, records, clauses, the ledger and a restore: each takes what it is about."""
    from gui.wizards import compliance, logs, people, records, restored

    found: dict[str, Callable[[Bench, str], QDialog]] = {
        **people.MAKERS,
        **records.MAKERS,
        **logs.MAKERS,
        **restored.MAKERS,
        "waive": compliance.WaiveWizard,
    }
    return {name: partial(made, bench, about) for name, made in found.items()}


def _of_a_ca(what: str, about: str, bench: Bench, path: str) -> QDialog:
    from gui.wizards.ca import (
        ceremony,
        checked,
        closing,
        documents,
        drill,
        ending,
        enrol,
        governing,
        issue,
        many,
        publish,
        renew,
        revoke,
    )

    makers: dict[str, Callable[[], QDialog]] = {
        "enrol": lambda: enrol.EnrolWizard(bench, about, path),
        "enrol-many": lambda: many.EnrolManyWizard(bench, path),
        "renew": lambda: renew.RenewWizard(bench, about),
        "issue": lambda: issue.IssueWizard(bench),
        "endpoint": lambda: issue.FolderWizard(bench, about),
        "revoke": lambda: revoke.RevokeWizard(bench, about),
        "switch": lambda: governing.SwitchWizard(bench),
        "statement": lambda: documents.ProposeDocumentWizard(bench, about),
        "publish-statement": lambda: documents.PublishDocumentWizard(bench, about),
        "crl-validity": lambda: documents.ValidityWizard(bench),
        "decide": lambda: governing.DecideWizard(bench, about),
        "second-look": lambda: governing.LookWizard(bench, about),
        "drill": lambda: drill.DrillWizard(bench, about),
        "root": lambda: ceremony.CeremonyWizard(bench),
        "close-ceremony": lambda: closing.ClosingWizard(bench),
        "run-off": lambda: ending.RunOffWizard(bench, about),
        "destroy": lambda: ending.DestroyWizard(bench, about),
        "switch-back": lambda: ending.BackWizard(bench),
        "crl-take": lambda: ending.TakeWizard(bench, path),
        "check": lambda: checked.CheckDialog(bench, path),
        "publish": lambda: publish.PublishWizard(bench, about),
    }
    return makers[what]() if what in makers else _with_others(what, about, bench, path)


def _with_others(what: str, about: str, bench: Bench, path: str) -> QDialog:
    """What goes to or comes from other workspaces and other people's CAs, and what two people allow."""
    from gui.wizards import card
    from gui.wizards.ca import agreements, carried, desks, subordinates, trust

    makers: dict[str, Callable[[], QDialog]] = {
        "card": lambda: card.CardWizard(bench, about),
        "carry-send": lambda: desks.SendWizard(bench),
        "carry-take": lambda: desks.TakeWizard(bench, path),
        "introduce": lambda: carried.IntroduceWizard(bench),
        "hear": lambda: carried.HearWizard(bench, path),
        "sub-request": lambda: subordinates.AskWizard(bench),
        "sub-renew": lambda: subordinates.RenewCaWizard(bench, about),
        "sub-propose": lambda: carried.ProposeWizard(bench, path),
        "sub-sign": lambda: carried.CertifyWizard(bench),
        "sub-install": lambda: carried.InstallWizard(bench, path),
        "ticket-pattern": lambda: agreements.PatternWizard(bench),
        "ticket-widen": lambda: agreements.WidenWizard(bench),
        "key-exception": lambda: agreements.ExceptKeyWizard(bench, about),
        "trust-add": lambda: trust.AddTrustWizard(bench, path),
        "trust-compare": lambda: trust.CompareTrustWizard(bench, about),
    }
    return makers[what]()
