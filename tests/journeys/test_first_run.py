"""From an empty folder to two exported folders, by two people, in the window alone; and by one who works alone."""

import hashlib
from pathlib import Path

from core.crypto.keys import read_key
from core.crypto.sample import sample_key
from core.services.views import Health
from tests.journeys.conftest import Start
from tests.journeys.hands import begin_compare, sign_in
from tests.journeys.stage import Program
from tests.journeys.test_compare import health

SECRETS = {"alice": "seven quiet herons cross", "bob": "nine copper kettles on slate"}
FULL = {"alice": "Alice Ng", "bob": "Bob Ruiz"}


def make_workspace(seen: Program, path: Path, people: list[str]) -> None:
    """The first run, up to the card that asks who signs in."""
    seen.click("startNew")
    seen.type("path", str(path))
    seen.type("title", "Data centre links")
    seen.click("wizardNext")
    seen.type("organisation", "Example Networks")
    seen.click("wizardNext")
    seen.click(f"count_{len(people)}")
    for number, name in enumerate(people, start=1):
        seen.type(f"name{number}", name)
        seen.type(f"full_name{number}", FULL[name])
    seen.click("wizardNext")
    for number, name in enumerate(people, start=1):
        seen.type(f"passphrase{number}", SECRETS[name])
        seen.type(f"again{number}", SECRETS[name])
        seen.click("wizardNext")
    seen.find("page_review")
    seen.shot(f"first-run-review-{len(people)}")
    seen.click("wizardCommit")
    seen.find("page_done")
    seen.click("wizardFinish")
    seen.find("lockCard")


def add_device(seen: Program, name: str, address: str, network: str) -> None:
    """Three pages and a review; ends on the page that offers what comes next."""
    seen.find("page_what")
    seen.type("name", name)
    seen.click("wizardNext")
    seen.type("identity", f"{name}.example.net")
    seen.type("address", address)
    seen.type("networks", network)
    seen.click("wizardNext")
    seen.type("contact", f"NOC {name}")
    seen.type("phone", "+44 161 496 0000")
    seen.type("phone_from", "contract of 2024")
    seen.click("wizardNext")
    seen.find("page_review")
    seen.click("wizardCommit")
    seen.find("page_done")


def receive(seen: Program, pem: bytes) -> None:
    """Paste the key that came by e-mail; ends where the comparison is offered."""
    seen.find("page_file")
    seen.type("untrusted", pem.decode())
    seen.says("recognised", "P-256")
    seen.click("wizardNext")
    seen.click("arrival_email")
    seen.click("wizardNext")
    seen.find("page_review")
    seen.click("wizardCommit")
    seen.says("doneBannerText", "not verified")


def type_value(seen: Program, pem: bytes, words: str) -> None:
    """The whole value in one field, and what the verdict must say."""
    seen.type("heard", hashlib.sha256(read_key(pem).spki).hexdigest())
    seen.click("wizardCommit")
    seen.says("verdictBannerText", words)


def link_and_export(seen: Program, to: Path) -> None:
    """Join lon and man, write both folders."""
    seen.key("ctrl+n")
    seen.choose("left", "lon")
    seen.choose("right", "man")
    seen.click("wizardNext")
    seen.find("page_link")
    seen.click("wizardNext")
    seen.find("page_review")
    seen.click("wizardCommit")
    seen.click("nextExport")
    seen.find("page_links")
    seen.click("chooseAll")
    seen.click("wizardNext")
    seen.type("to", str(to))
    seen.click("wizardNext")
    seen.says("previewText", "man")
    seen.shot(f"export-preview-{to.name}")
    seen.click("wizardCommit")
    seen.find("page_done")
    seen.shot(f"exported-{to.name}")
    seen.click("wizardFinish")


def test_two_people_from_an_empty_folder_to_two_exported_folders(start: Start, tmp_path: Path) -> None:
    path, to, keys = tmp_path / "dc.anchorhold", tmp_path / "export", {"lon": sample_key(), "man": sample_key()}
    seen = start()
    make_workspace(seen, path, ["alice", "bob"])
    sign_in(seen, "alice", SECRETS["alice"])
    seen.shot("empty-workspace")
    seen.click("todo0Button")
    for place, name in enumerate(keys, start=1):
        add_device(seen, name, f"192.0.2.{place}", f"10.77.{place}.0/24")
        seen.click("nextReceive")
        receive(seen, keys[name])
        seen.click("nextCompare")
        begin_compare(seen, name, "call-back", "Carol Ito", opened=True)
        type_value(seen, keys[name], "One more comparison is needed")
        seen.click("wizardFinish")
        if place == 1:
            seen.gone("wizard_compare")
            seen.key("alt+l", "d")
    seen.key("ctrl+l")
    sign_in(seen, "bob", SECRETS["bob"])
    for name, pem in keys.items():
        begin_compare(seen, name, "in-person", "Dan Obi")
        type_value(seen, pem, "The key is approved")
        seen.click("wizardFinish")
        seen.gone("wizard_compare")
    link_and_export(seen, to)
    for name, other in (("lon", "man"), ("man", "lon")):
        written = next(to.rglob(f"{name}/MANIFEST.sha256")).parent
        assert keys[other].decode().split() == (written / "keys" / "peer.spki.pem").read_text().split()
        assert (written / "install" / "swanctl" / "conf.d").is_dir()
    assert health(path, "man") is Health.VERIFIED


def test_somebody_alone_is_told_so_on_page_and_export(start: Start, tmp_path: Path) -> None:
    path, to = tmp_path / "alone.anchorhold", tmp_path / "alone"
    seen = start(look="dark")
    make_workspace(seen, path, ["alice"])
    sign_in(seen, "alice", SECRETS["alice"])
    seen.click("todo0Button")
    for place, name in enumerate(("lon", "man"), start=1):
        pem = sample_key()
        add_device(seen, name, f"192.0.2.{place}", f"10.77.{place}.0/24")
        seen.click("nextReceive")
        receive(seen, pem)
        seen.click("nextCompare")
        begin_compare(seen, name, "video", "Carol Ito", opened=True)
        type_value(seen, pem, "Alone, compare it once more over another channel")
        seen.click("nextCompare")
        begin_compare(seen, name, "in-person", "Dan Obi", opened=True)
        type_value(seen, pem, "The key is approved")
        seen.click("wizardFinish")
        if place == 1:
            seen.gone("wizard_compare")
            seen.key("alt+l", "d")
    seen.says("stateBannerText", "compared by one person, over two channels: lon, man")
    link_and_export(seen, to)
    for name in ("lon", "man"):
        for each in ("README.txt", "verify.txt"):
            assert "compared by one person" in next(to.rglob(f"{name}/{each}")).read_text()
    seen.key("ctrl+3")
    seen.click_cell("man")
    seen.says("stateBannerText", "compared by one person")
    seen.shot("alone-dark")
