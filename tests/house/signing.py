"""Who signs, read from the sources: the ways to a private key, each with its reason, and whatever is none of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.ladder import module_of
from tests.house.sources import python_files

FOLDERS = ("core", "gui")
# Where something is signed: (module, function, who signs there). `key.sign` alone counts, called or not.
SIGNS = {
    ("core.crypto.cakeys", "sign_with", "key"): "a CA key from a file, inside the signing process",
    ("core.crypto.tokens", "TokenKey.sign", "self._key"): "a CA key on a token, inside the signing process",
    (
        "core.crypto.keeper",
        "Keeper._open",
        "held",
    ): "the signing process: proof that the token has the key; its one signer",
    ("core.crypto.keeper", "_answered", "keeper"): "the signing process: what the program asked for",
    ("core.crypto.issuance", "rehearse", "builder"): "a throwaway key",
    ("core.crypto.issuance", "algorithm_of", "builder"): "a throwaway key",
    ("core.crypto.crls", "rehearse", "builder"): "a throwaway key",
    ("core.crypto.signing", "signed", "key"): "Ed25519 of a person: ledger rows, statements, cards, checkpoints",
    ("core.crypto.sample", "sample_certificate", "builder"): "a key of the demonstration",
    ("core.crypto.sample", "sample_request", "builder"): "a key of the demonstration, gone once it has signed",
    ("core.services.issuing", "signed", "signing"): "a session: the bytes of a committed intent",
    ("core.services.issuing", "sign_crl", "signing"): "a session: the bytes of a committed intent",
    ("core.services.subordinates", "request", "signing"): "a session: the request for a CA's own certificate",
}
# What a session is given to sign, and where that comes from in the same function: from the file's own tables or our
# own builder, never from a parameter. So no function signs a given file.
GIVEN = {
    "issued.tbs": "certificates.get(desk.file.read, number)",
    "intent.tbs": "perform(desk, CRL_INTENDED, authority.id)",
    "info": "requests.request_info(subject, held.public_key, *_limits(command))",
}
# Names that lead to a private key, and the modules that may say them.
NAMES = {
    "sign_with": {"core.crypto.cakeys", "core.crypto.keeper"},
    "TokenKey": {"core.crypto.tokens", "core.crypto.keeper"},
    "load_private": {"core.crypto.issuance", "core.crypto.keeper"},
    "generate_private_key": {"core.crypto.issuance", "core.crypto.sample"},
    "load_der_private_key": {"core.crypto.issuance", "core.crypto.private"},
    "load_pem_private_key": {"core.crypto.private"},
    "load_ssh_private_key": {"core.crypto.private"},
    "from_private_bytes": {"core.crypto.backups", "core.crypto.signing"},  # backups: X25519, which signs nothing
    "throwaway": {"core.crypto.issuance", "core.crypto.crls"},
    "permit": {"core.crypto.remote", "core.crypto.keeper", "core.services.sessions"},
    "_permit": {"core.services.sessions"},
}
ASKS = {"core.crypto.remote", "core.crypto.keeper"}  # who may say "sign" to the signing process


def findings(root: Path) -> list[str]:
    """Every way to a private key below `root` that is not in the tables above, as a sentence."""
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {what}"
        for path in python_files(root, FOLDERS)
        for line, what in _of(module_of(path, root), ast.parse(path.read_text(encoding="utf-8")))
    ]


def unused(root: Path) -> list[tuple[str, str, str]]:
    """Rows of the table that no source bears out any more."""
    seen = {
        (module_of(path, root), name, ast.unparse(node.value))
        for path in python_files(root, FOLDERS)
        for name, node in _attributes(ast.parse(path.read_text(encoding="utf-8")))
        if node.attr == "sign"
    }
    return [row for row in SIGNS if row not in seen]


def _of(module: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    rooms = _modules(tree)
    for function, node in _attributes(tree):
        if node.attr != "sign" or ast.unparse(node.value) in rooms:
            continue
        if (module, function, ast.unparse(node.value)) not in SIGNS:
            yield node.lineno, f"{function or 'the module'} signs with {ast.unparse(node.value)}"
    for node in ast.walk(tree):
        yield from _named(module, node)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            yield from _given(function)


def _named(module: str, node: ast.AST) -> Iterator[tuple[int, str]]:
    said = {
        ast.Attribute: lambda: [node.attr],
        ast.Name: lambda: [node.id],
        ast.ImportFrom: lambda: [each.name for each in node.names],
        ast.Constant: lambda: [node.value] if isinstance(node.value, str) else [],
    }.get(type(node), list)()
    for name in said:
        constant = isinstance(node, ast.Constant)
        if name in NAMES and module not in NAMES[name] and not (constant and name == "permit"):
            yield node.lineno, f"{name} is said here"
    if isinstance(node, ast.Call) and module not in ASKS and ast.unparse(node.func) != "Entry":  # a verb is called so
        yield from (
            (node.lineno, "the signing process is asked here")
            for each in node.args
            if isinstance(each, ast.Constant) and each.value == "sign"
        )


def _given(function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """Calls such as `signing.sign(Signable.CRL, intent.tbs)`: what is signed, and where it comes from."""
    made = {
        ast.unparse(each.targets[0]): ast.unparse(each.value)
        for each in ast.walk(function)
        if isinstance(each, ast.Assign)
    }
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or not call.args or not ast.unparse(call.args[0]).startswith("Signable."):
            continue
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "sign"):
            continue
        what = ast.unparse(call.args[1]) if len(call.args) > 1 else "?"
        if what not in GIVEN or made.get(what.partition(".")[0]) != GIVEN[what]:
            yield call.lineno, f"{function.name} signs {what}, which may come from anywhere"


def _modules(tree: ast.Module) -> set[str]:
    """Names of our own modules: `issuing.sign` is a function of the house, with its own rows."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "") in ("core.services", "core.crypto")
        for alias in node.names
    }


def _attributes(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.Attribute]]:
    """Every attribute with the function it stands in: `Class.method`, `function`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Attribute):
            yield inside, node
        name = inside
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and (
            not inside or (inside[0].isupper() and "." not in inside)
        ):
            name = f"{inside}.{node.name}" if inside else node.name
        yield from _attributes(node, name)
