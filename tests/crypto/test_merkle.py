"""The tree against RFC 6962's own definition and the test vectors of the Certificate Transparency code."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.merkle import Tree, proof, root_of

# Inputs and roots of certificate-transparency's merkle tests, sizes 1 to 8.
INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(each)).digest() for each in INPUTS]


def _mth(leaves: list[bytes]) -> bytes:
    """MTH word for word as RFC 6962 2.1 defines it."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + _mth(leaves[:half]) + _mth(leaves[half:])).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    assert Tree(LEAVES[:size]).root.hex() == ROOTS[size - 1]


def test_the_empty_tree() -> None:
    assert Tree().root == hashlib.sha256(b"").digest()


@given(st.integers(1, 70), st.data())
def test_every_leaf_has_its_proof_and_no_other(size: int, data: st.DataObject) -> None:
    leaves = [hashlib.sha256(bytes([place])).digest() for place in range(size)]
    index = data.draw(st.integers(0, size - 1))
    root, path = _mth(leaves), proof(leaves, index)
    assert Tree(leaves).root == root == root_of(leaves[index], index, size, path)
    assert root_of(bytes(32), index, size, path) != root
    assert root_of(leaves[index], index, size, [*path, bytes(32)]) is None
    assert not path or root_of(leaves[index], index, size, path[:-1]) is None
    assert root_of(leaves[index], size, size, path) is None
