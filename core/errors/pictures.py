"""What keeps the text of a QR code from being read out of a picture."""

from core.errors.base import Refused, Usage
from core.late import dataclass


@dataclass(eq=False)
class PictureNotReadable(Refused):
    """Cut off, damaged, or no PNG or JPEG at all."""

    code = "PIC-01"


@dataclass(eq=False)
class PictureTooLarge(Refused):
    """`megabytes` and `megapixels` are what is taken at most."""

    megabytes: int
    megapixels: int
    code = "PIC-02"


@dataclass(eq=False)
class NoQrCode(Refused):
    """There is no QR code in it, or none that holds together."""

    code = "PIC-03"


@dataclass(eq=False)
class SeveralQrCodes(Refused):
    """`found` codes say different things; which one is meant is for a person to say."""

    found: int
    code = "PIC-04"


@dataclass(eq=False)
class PictureAtTerminal(Usage):
    """Pictures are decoded by Qt, which the command line does without."""

    path: str
    code = "PIC-05"
