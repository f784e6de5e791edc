"""What is enforced by there being no way: read from the sources."""

import ast

from tests.house.sources import calls, python_files, shown

# Where keys are made at all: CA keys and the throwaway of a rehearsal, people's signing keys, the sample's far ends.
MAKERS = {"core/crypto/issuance.py", "core/crypto/signing.py", "core/crypto/sample.py", "core/crypto/tokens.py"}
USED_BY = {
    "core.crypto.sample": {"core/services/demo.py", "core/services/founding.py", "core/services/story.py"},
}


def test_no_key_is_made_for_a_device() -> None:
    """M2: a device's key is made on the device. Nothing outside these modules makes one, and the sample is a sample."""
    found, users = set(), set()
    for path in python_files():
        name = shown(path)
        if name.startswith(("core/", "gui/")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            named = {call for _, call in calls(tree)}
            if any(each.rpartition(".")[2] in ("generate_private_key", "generate_keypair") for each in named):
                found.add(name)
            if any("PrivateKey.generate" in each for each in named):
                found.add(name)
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module == "core.crypto.sample":
                    users.add(name)
    assert found <= MAKERS
    assert found & {"core/crypto/issuance.py", "core/crypto/signing.py"}
    assert users <= USED_BY["core.crypto.sample"]
