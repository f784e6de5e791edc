"""What passes through the two pipes between the program and its signing process: a JSON object and some bytes."""

import json
import struct
from typing import Any, BinaryIO

_HEAD = struct.Struct(">II")
_MOST = 256 * 1024 * 1024  # a CRL of a million entries is 40 MB


def write(pipe: BinaryIO, head: dict[str, Any], blob: bytes = b"") -> None:
    """Send one frame."""
    text = json.dumps(head).encode()
    pipe.write(_HEAD.pack(len(text), len(blob)) + text)
    pipe.write(blob)
    pipe.flush()


def read(pipe: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next frame. Raises `EOFError` where the other side is gone or talks nonsense."""
    text_size, blob_size = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if text_size > _MOST or blob_size > _MOST:
        raise EOFError
    head = json.loads(_exactly(pipe, text_size))
    if not isinstance(head, dict):
        raise EOFError
    return head, _exactly(pipe, blob_size)


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) != size:
        raise EOFError
    return data
