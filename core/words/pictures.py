"""Sentences about pictures of QR codes."""

from core.errors import pictures
from core.errors.base import Expected
from core.words.tongue import Template, tr

_AGAIN = tr("Take it again, straight from above, near and sharp, or paste what a telephone's camera reads from it.")

TEMPLATES: dict[type[Expected], Template] = {
    pictures.PictureNotReadable: Template(
        tr("Not a whole picture"),
        tr("This picture is cut off or damaged, or is neither PNG nor JPEG. Nothing was read from it."),
        tr("Save it again as PNG or JPEG."),
    ),
    pictures.PictureTooLarge: Template(
        tr("Too large a picture"),
        tr("A picture has {megabytes} MB and {megapixels} million pixels at most. Nothing was read from this one."),
        tr("Cut out the QR code and take that."),
    ),
    pictures.NoQrCode: Template(
        tr("No QR code"),
        tr("There is no QR code in this picture that can be read. Nothing was taken from it."),
        _AGAIN,
    ),
    pictures.SeveralQrCodes: Template(
        tr("More than one QR code"),
        tr("There are {found} different QR codes in this picture. None was taken."),
        tr("Cut out the one that is meant."),
    ),
    pictures.PictureAtTerminal: Template(
        tr("A picture"),
        tr("{path} is a picture, and the command line reads none. Nothing was taken."),
        tr("Give the text that a camera or scanner reads from it, or drop the picture on the window."),
    ),
}
