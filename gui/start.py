"""Where `anchorhold` starts: the command line for a noun and a verb, else the window, which alone imports Qt."""

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` is 9 ms of the process that only starts itself again
if TYPE_CHECKING:
    from core.model.papers import Paper


def _wants_window(arguments: list[str]) -> bool:
    """No words, a workspace path, or the window's own options."""
    return not arguments or arguments[0].endswith(".anchorhold") or arguments[0] in ("--read-only", "--portable")


def _has_screen() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _pdf(paper: "Paper") -> bytes:
    """A paper drawn by Qt, which a command line without a PDF never loads; it needs no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from gui.papers import pdf
    except ImportError:
        from core.errors.papers import PdfNotHere

        raise PdfNotHere from None
    return pdf(paper)


def main() -> int:
    """Run the program and return its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--signing-process"]:
        from core.services.keeping import main as signing_process

        signing_process()
    if arguments == ["--linter"]:
        from core.services.keeping import lint

        lint()
    from core.vault import memory

    if not _wants_window(arguments):
        memory.harden()
        from core.cli.main import main as command_line

        return command_line(arguments, pdf=_pdf)
    if not _has_screen():
        from core.errors.cli import NoScreen
        from core.words.say import sentence

        sys.stderr.write(sentence(NoScreen()) + "\n")
        return 2
    memory.start_again()
    gc.disable()  # while modules are loaded and the window is made there is no garbage; `gui.app` has a collector take over
    memory.harden()
    from gui import bindings

    bindings.load()
    from gui.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
