"""The menus, the toolbar and the keys of the main window; what each action does is the window's to say."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QMenu

from core.model.advice import Act
from core.model.workspace import Kind
from core.words.advice import why_not
from gui.pages.base import WITH_LINKS, Page
from gui.shell.menus import Entry, Menus, Search, toolbar
from gui.widgets.icons import icon
from gui.widgets.marks import ACTS

MOST_PAGES = 22
_LETTERS = "1234567890BCJKQVETIXFG"  # of the sections in the menu
_LINKS_BAR = ("actLink", "actReceive", "actCompare", "actExport", "actReadback")
_CA_BAR = ("actEnrol", "actApprove", "actIssue", "actRevoke", "actPublish")
_DESK_BAR = ("actEnrol", "actApprove", "actCarrySend", "actCarryTake")
_ROOT_BAR = ("actApprove", "actPublish")
_OF_ISSUING = (
    "actEnrol",
    "actEnrolMany",
    "actRenew",
    "actIssue",
    "actEndpoint",
    "actRevoke",
    "actCarrySend",
    "actCarryTake",
    "actSubRequest",
    "actSubRenew",
    "actSubInstall",
    "actBack",
    "actCrlTake",
)
_OF_A_DESK = ("actEnrol", "actEnrolMany", "actApprove", "actIntroduce", "actHear", "actCarrySend", "actCarryTake")
_OF_ROOT = ("actRoot", "actCloseCeremony", "actScript", "actSubPropose", "actSubSign")
# What opens a wizard, by the name of its action.
WIZARDS = {
    "actNew": Act.FIRST_RUN, "actLink": Act.LINK, "actDevice": Act.DEVICE, "actReceive": Act.RECEIVE,
    "actCompare": Act.COMPARE, "actReject": Act.REJECT, "actSuspect": Act.SUSPECT, "actExport": Act.EXPORT,
    "actReadback": Act.READBACK, "actCard": Act.CARD, "actApprove": Act.APPROVE, "actEnrol": Act.ENROL, "actIssue": Act.ISSUE,
    "actRoot": Act.ROOT, "actSwitch": Act.SWITCH, "actDecide": Act.DECIDE, "actIntroduce": Act.INTRODUCE, "actHear": Act.HEAR,
    "actCarrySend": Act.CARRY_SEND, "actCarryTake": Act.CARRY_TAKE, "actSubRequest": Act.SUB_REQUEST,
    "actSubRenew": Act.SUB_RENEW, "actSubPropose": Act.SUB_PROPOSE, "actSubSign": Act.SUB_SIGN, "actSubInstall": Act.SUB_INSTALL,
    "actOwnSheet": Act.OWN_SHEET, "actEnrolMany": Act.ENROL_MANY, "actRenew": Act.RENEW, "actEndpoint": Act.ENDPOINT, "actRevoke": Act.REVOKE, "actPublish": Act.PUBLISH,
    "actCloseCeremony": Act.CLOSE_CEREMONY, "actRunOff": Act.RUN_OFF, "actDestroy": Act.DESTROY,
    "actBack": Act.SWITCH_BACK, "actCrlTake": Act.CRL_TAKE, "actBackup": Act.BACKUP, "actTry": Act.BACKUP_TRY,
    "actRestore": Act.PUT_BACK, "actCrlNone": Act.CRL_NONE,
}  # fmt: skip
Presses = Mapping[str, Callable[[], None]]


class Bars(QObject):
    """Every action of the window, and which can be used now. `presses` has a function for each action's name."""

    def __init__(self, window: QMainWindow, pages: Sequence[Page], presses: Presses) -> None:
        super().__init__(window)
        self._presses = presses
        self.menus = Menus(window)
        self.search = Search()
        self._file()
        self._edit()
        self._view(pages)
        self._links = self._link()
        self._authority = self._ca()
        self._authority.menuAction().setVisible(False)
        self._help()
        actions = self.menus.actions
        actions["actReceive"].setIconText(self.tr("Receive key"))
        actions["actCompare"].setIconText(self.tr("Compare"))
        actions["actIssue"].setIconText(self.tr("Issue"))
        actions["actCarrySend"].setIconText(self.tr("Send"))
        actions["actCarryTake"].setIconText(self.tr("Take in"))
        actions["actRevoke"].setIconText(self.tr("Revoke"))
        title = self.tr("Main")
        self.bar = toolbar(window, title, [actions[name] for name in _LINKS_BAR], self.search, actions["actLock"])
        self.suit(Kind.LINKS, pages)

    def suit(self, kind: Kind, pages: Sequence[Page]) -> None:
        """The sections of that kind of workspace, and the actions that belong to it."""
        for at in range(1, MOST_PAGES + 1):
            action = self.menus.actions[f"actPage{at}"]
            action.setVisible(at <= len(pages))
            if at <= len(pages):
                action.setText(f"&{_LETTERS[at - 1]} {pages[at - 1].title}")
                action.setIcon(icon(pages[at - 1].icon))
        for menu, there in ((self._links, kind in WITH_LINKS), (self._authority, kind is not Kind.LINKS)):
            menu.menuAction().setVisible(there)
            for action in menu.actions():
                action.setVisible(there)  # a hidden menu's keys would still work
        for name in _OF_ISSUING:
            self.menus.actions[name].setVisible(kind is Kind.ISSUING)
        bars = {Kind.ISSUING: _CA_BAR, Kind.ROOT: _ROOT_BAR, Kind.REGISTRATION: _DESK_BAR}
        self.menus.actions["actSwitch"].setVisible(kind is Kind.LINKS)
        if kind is Kind.REGISTRATION:
            for action in self._authority.actions():
                action.setVisible(action.objectName() in _OF_A_DESK)
        for name in _OF_ROOT:
            self.menus.actions[name].setVisible(kind is Kind.ROOT)
        named = bars.get(kind, _LINKS_BAR)
        self.bar.show_actions([self.menus.actions[name] for name in named])

    def show_for(self, *, working: bool, searchable: bool, hindrance: str) -> None:
        """Toolbar and menus for the start page and lock card, or for the pages."""
        self.bar.setVisible(working)
        self.menus.allow(file=working, change=why_not(hindrance))
        self.search.setEnabled(working and searchable)

    def _entry(self, name: str, text: str, keys: str = "", needs: str = "file", icon: str = "") -> Entry:
        """`keys` are separated by spaces."""
        return Entry(name, text, tuple(keys.split()), self._presses[name], needs, icon)

    def _act(self, act: Act, name: str, text: str, keys: str = "", needs: str = "change") -> Entry:
        return self._entry(name, text, keys, needs, ACTS[act])

    def _file(self) -> None:
        self.menus.menu(self.tr("&File"), "menuFile", [
            self._act(Act.FIRST_RUN, "actNew", self.tr("&New workspace\u2026"), needs=""),
            self._entry("actOpen", self.tr("&Open\u2026"), "Ctrl+O", "", "folder-open"),
            self._entry("actWindow", self.tr("New &window"), "Ctrl+Shift+N", ""),
            None,
            self._entry("actPrint", self.tr("&Print verification sheet\u2026"), "Ctrl+P", icon="printer"),
            self._entry("actSheet", self.tr("Save verification s&heet as PDF\u2026"), icon="file-text"),
            self._act(Act.OWN_SHEET, "actOwnSheet", self.tr("Draw my &recovery sheet\u2026"), needs="file"),
            None,
            self._act(Act.BACKUP, "actBackup", self.tr("Make a &backup\u2026"), "Ctrl+Shift+B"),
            self._act(Act.BACKUP_TRY, "actTry", self.tr("&Try a backup out\u2026")),
            self._act(Act.PUT_BACK, "actRestore", self.tr("Put a backup bac&k\u2026"), needs=""),
            None,
            self._entry("actSignIn", self.tr("S&ign in\u2026"), icon="user"),
            self._entry("actLock", self.tr("&Lock"), "Ctrl+L", icon="lock"),
            self._entry("actEndSession", self.tr("&End the signing session"), "Ctrl+Shift+X", icon="key"),
            self._entry("actClose", self.tr("&Close file"), "Ctrl+W"),
            self._entry("actQuit", self.tr("&Quit"), "Ctrl+Q", ""),
        ])  # fmt: skip

    def _edit(self) -> None:
        self.menus.menu(self.tr("&Edit"), "menuEdit", [
            self._entry("actCopy", self.tr("&Copy fingerprint"), "Ctrl+C", icon="copy"),
            self._entry("actFind", self.tr("&Find"), "Ctrl+F /", icon="search"),
            self._entry("actEscape", self.tr("C&lear search"), "Esc"),
            None,
            self._entry("actSettings", self.tr("&Settings"), "Ctrl+,", icon="settings"),
        ])  # fmt: skip

    def _view(self, pages: Sequence[Page]) -> None:
        sections = [
            self._entry(f"actPage{at}", f"&{_LETTERS[at - 1]} {page.title}", _key(at), icon=page.icon)
            for at, page in enumerate(pages, start=1)
        ]
        sections += [self._entry(f"actPage{at}", str(at), _key(at)) for at in range(len(pages) + 1, MOST_PAGES + 1)]
        self.menus.menu(self.tr("&View"), "menuView", [
            *sections,
            None,
            self._entry("actMap", self.tr("&Map or table"), "Ctrl+M", icon="map"),
            self._entry("actDetails", self.tr("&Details in a window"), "Alt+Return"),
            self._entry("actNextPane", self.tr("&Next pane"), "F6"),
            self._entry("actPreviousPane", self.tr("&Previous pane"), "Shift+F6"),
            self._entry("actNextWindow", self.tr("Next &window"), "Ctrl+Tab", ""),
            self._entry("actRefresh", self.tr("&Refresh"), "F5", icon="refresh"),
            None,
            self._entry("actLarger", self.tr("&Larger text"), "Ctrl++ Ctrl+=", ""),
            self._entry("actSmaller", self.tr("Sm&aller text"), "Ctrl+-", ""),
        ])  # fmt: skip

    def _link(self) -> QMenu:
        return self.menus.menu(self.tr("&Link"), "menuLink", [
            self._act(Act.LINK, "actLink", self.tr("Add &link\u2026"), "Ctrl+N"),
            self._act(Act.DEVICE, "actDevice", self.tr("Add &device\u2026")),
            None,
            self._act(Act.RECEIVE, "actReceive", self.tr("&Receive peer key\u2026"), "Ctrl+I"),
            self._act(Act.COMPARE, "actCompare", self.tr("&Compare with peer\u2026"), "Ctrl+K"),
            self._act(Act.REJECT, "actReject", self.tr("Re&ject or withdraw key\u2026"), "Del"),
            self._act(Act.SUSPECT, "actSuspect", self.tr("Suspect an &attack\u2026")),
            None,
            self._act(Act.EXPORT, "actExport", self.tr("&Export\u2026"), "Ctrl+E"),
            self._act(Act.READBACK, "actReadback", self.tr("Read &back\u2026"), "Ctrl+B"),
            self._act(Act.CARD, "actCard", self.tr("&Sign card\u2026")),
            None,
            self._act(Act.SWITCH, "actSwitch", self.tr("S&witch to a local CA\u2026")),
        ])  # fmt: skip

    def _ca(self) -> QMenu:
        return self.menus.menu(self.tr("&Authority"), "menuAuthority", [
            self._act(Act.ROOT, "actRoot", self.tr("Root &key ceremony\u2026")),
            self._entry("actScript", self.tr("Ceremony's script or rec&ord\u2026"), icon="file-text"),
            self._act(Act.CLOSE_CEREMONY, "actCloseCeremony", self.tr("C&lose the ceremony's record\u2026")),
            self._act(Act.ENROL, "actEnrol", self.tr("&Enrol device\u2026"), "Ctrl+Shift+I"),
            self._act(Act.ENROL_MANY, "actEnrolMany", self.tr("Enrol many devices &from requests\u2026")),
            self._act(Act.RENEW, "actRenew", self.tr("Rene&w certificate\u2026")),
            self._act(Act.APPROVE, "actApprove", self.tr("&Approve\u2026"), "Ctrl+Shift+A"),
            self._act(Act.ISSUE, "actIssue", self.tr("&Issue certificates\u2026"), "Ctrl+Shift+S"),
            self._act(Act.ENDPOINT, "actEndpoint", self.tr("Write a de&vice's folder\u2026"), "Ctrl+Shift+E"),
            None,
            self._act(Act.INTRODUCE, "actIntroduce", self.tr("Intro&duce this workspace\u2026")),
            self._act(Act.HEAR, "actHear", self.tr("&Hear another workspace\u2026")),
            self._act(Act.CARRY_SEND, "actCarrySend", self.tr("Send re&quests or certificates\u2026")),
            self._act(Act.CARRY_TAKE, "actCarryTake", self.tr("&Open what came from a desk or for one\u2026")),
            self._act(Act.SUB_REQUEST, "actSubRequest", self.tr("Ask for a &sub CA\u2026")),
            self._act(Act.SUB_RENEW, "actSubRenew", self.tr("Ask for a sub CA's next &generation\u2026")),
            self._act(Act.SUB_PROPOSE, "actSubPropose", self.tr("&Take in a sub CA's request\u2026")),
            self._act(Act.SUB_SIGN, "actSubSign", self.tr("&Sign a sub CA\u2026")),
            self._act(Act.SUB_INSTALL, "actSubInstall", self.tr("I&nstall a sub CA\u2026")),
            self._act(Act.DECIDE, "actDecide", self.tr("De&cide on a published date\u2026")),
            None,
            self._act(Act.REVOKE, "actRevoke", self.tr("&Revoke certificate\u2026"), "Ctrl+R"),
            self._act(Act.PUBLISH, "actPublish", self.tr("&Publish CRL\u2026"), "Ctrl+Shift+P"),
            self._act(Act.CRL_TAKE, "actCrlTake", self.tr("Bring a CRL ho&me\u2026")),
            self._act(Act.CRL_NONE, "actCrlNone", self.tr("No CRL e&xists\u2026")),
            None,
            self._act(Act.RUN_OFF, "actRunOff", self.tr("R&un off an authority\u2026")),
            self._act(Act.DESTROY, "actDestroy", self.tr("Destro&y a key\u2026")),
            self._act(Act.SWITCH_BACK, "actBack", self.tr("&Back to Links mode\u2026")),
        ])  # fmt: skip

    def _help(self) -> None:
        self.menus.menu(self.tr("&Help"), "menuHelp", [
            self._entry("actHelp", self.tr("&Help for this page"), "F1", "", "info-circle"),
            self._entry("actShortcuts", self.tr("&Keyboard shortcuts"), "Ctrl+?", "", "keyboard"),
            self._entry("actVerifyLog", self.tr("&Verify the activity log"), icon="checklist"),
        ])  # fmt: skip


def _key(at: int) -> str:
    """The keys of the section at that place: there are nine digits."""
    return f"Ctrl+{at}" if at < 10 else ""
