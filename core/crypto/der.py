"""Just enough strict DER (X.690) to see what a structure is before a parser is let at it."""

from typing import NamedTuple

INTEGER, BIT_STRING, OCTET_STRING, NULL, OID, SEQUENCE = 0x02, 0x03, 0x04, 0x05, 0x06, 0x30


class NotDer(ValueError):
    """Not DER: indefinite or padded lengths, bytes left over, multi-byte tags."""


class Element(NamedTuple):
    """One TLV; `whole` includes tag and length."""

    tag: int
    content: bytes
    whole: bytes


def elements(data: bytes) -> list[Element]:
    """The elements that stand side by side in `data`, with nothing left over."""
    found, at = [], 0
    while at < len(data):
        element = _element(data, at)
        found.append(element)
        at += len(element.whole)
    return found


def sequence(data: bytes) -> list[Element]:
    """The members of the one SEQUENCE that `data` is."""
    outer = elements(data)
    if len(outer) != 1 or outer[0].tag != SEQUENCE:
        raise NotDer("not one SEQUENCE")
    return elements(outer[0].content)


def _element(data: bytes, at: int) -> Element:
    if len(data) - at < 2 or data[at] & 0x1F == 0x1F:
        raise NotDer("cut off")
    first, start = data[at + 1], at + 2
    length = first
    if first & 0x80:
        count = first & 0x7F
        octets = data[start : start + count]
        length, start = int.from_bytes(octets, "big"), start + count
        if not 1 <= count <= 4 or len(octets) != count or octets[0] == 0 or length < 0x80:
            raise NotDer("length")
    if start + length > len(data):
        raise NotDer("cut off")
    return Element(data[at], data[start : start + length], data[at : start + length])


def dotted(content: bytes) -> str:
    """An object identifier's content in dotted decimals."""
    arcs, value = [], 0
    for octet in content:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(value)
            value = 0
    if not arcs:
        raise NotDer("empty OID")
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in [first, arcs[0] - 40 * first, *arcs[1:]])


def encoded(tag: int, content: bytes) -> bytes:
    """One TLV."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
