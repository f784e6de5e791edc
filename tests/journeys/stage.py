"""A stage for journeys: an X screen, a window manager, a bus and the program on it, as on a person's desk.

Everything waits for a condition; nothing sleeps for a fixed time. Every process is ended by its own number.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.real import need
from tests.screen import Screen, xvfb

T = TypeVar("T")
PATIENCE = 30.0  # seconds: a busy machine is slow, not wrong
SYSTEM_PYTHON = "/usr/bin/python3"  # where Debian's pyatspi is


def until(what: str, look: Callable[[], T | None], seconds: float = PATIENCE) -> T:
    """The first true answer of `look`."""
    ends = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < ends, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.05)


@dataclass
class Stage:
    """A screen with its bus; programs are started on it with `env`."""

    screen: Screen
    env: dict[str, str]
    driver: subprocess.Popen[str]
    shots: Path

    def ask(self, **request: Any) -> Any:
        """One answer of the driver; asked again while a window closes under it."""
        for _ in range(20):
            assert self.driver.stdin is not None
            assert self.driver.stdout is not None
            self.driver.stdin.write(json.dumps(request) + "\n")
            self.driver.stdin.flush()
            told = json.loads(self.driver.stdout.readline())
            if "answer" in told:
                return told["answer"]
            time.sleep(0.05)
        raise AssertionError(told["gone"])

    def xdotool(self, *words: str) -> None:
        """A real move, click or key."""
        subprocess.run(["xdotool", *words], env=self.env, check=True, capture_output=True)


def _ended(process: subprocess.Popen[Any]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


@contextmanager
def stage(home: Path, shots: Path) -> Iterator[Stage]:
    """Xvfb, dbus-run-session, openbox and the driver; gone when the block ends."""
    need("Xvfb", "openbox", "dbus-run-session", "xdotool", SYSTEM_PYTHON)
    env = {
        "PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(home),
        "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_LOGGING_RULES": "qt.accessibility.atspi=false",  # it says which D-Bus methods it does not know
    }  # fmt: skip
    with ExitStack() as stack:
        screen = stack.enter_context(xvfb(1380, 900))
        env["DISPLAY"] = screen.display
        # The session lives as long as this shell reads: its bus ends with the pipe.
        session = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        stack.callback(_ended, session)
        env["DBUS_SESSION_BUS_ADDRESS"] = session.stdout.readline().strip()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        stack.callback(_ended, subprocess.Popen(["openbox", "--sm-disable"], env=env, **quiet))
        driver = subprocess.Popen(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("driver.py"))],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        stack.callback(_ended, driver)
        shots.mkdir(parents=True, exist_ok=True)
        yield Stage(screen, env, driver, shots)


@dataclass
class Program:
    """The running program: what stands on the screen, and the hands of a person."""

    stage: Stage
    process: subprocess.Popen[bytes]
    log: Path
    decided: int = 0  # pages left by Next: a commit makes what was decided

    def until(self, what: str, look: Callable[[], T | None]) -> T:
        """Wait; where it does not come, leave a picture of what stood there instead."""
        try:
            return until(what, look)
        except AssertionError:
            self.shot("failed")
            raise

    # --- seeing ---------------------------------------------------------------------------------

    def find(self, name: str) -> dict[str, Any]:
        """The shown control of that object name."""
        self._alive()
        return self.until(f"{name} on the screen", lambda: self.stage.ask(do="find", id=name))

    def shown(self, name: str) -> bool:
        """Whether it is on the screen now."""
        return bool(self.stage.ask(do="find", id=name))

    def gone(self, name: str) -> None:
        """Wait until it is not on the screen any more."""
        self.until(f"{name} gone", lambda: not self.shown(name))

    def enabled(self, name: str) -> dict[str, Any]:
        """Wait until it can be used."""

        def look() -> dict[str, Any] | None:
            node = self.stage.ask(do="find", id=name)
            return node if node and "enabled" in node["states"] else None

        return self.until(f"{name} enabled", look)

    def says(self, name: str, words: str) -> str:
        """Wait until that control's text or name holds `words`, and return it."""

        def look() -> str | None:
            node = self.stage.ask(do="find", id=name)
            said = f"{node['name']} {node['text']}" if node else ""
            return said if words in said else None

        try:
            return self.until(f"{name} says {words!r}", look)
        except AssertionError as error:
            node = self.stage.ask(do="find", id=name)
            raise AssertionError(f"{error}; it says {node and (node['name'], node['text'])}") from None

    def everything(self) -> str:
        """Every text and name on the screen, as a screen reader gets them."""
        nodes = self.stage.ask(do="nodes")
        return "\n".join(f"{node['name']}\n{node['text']}\n{node['description']}" for node in nodes)

    def cell(self, words: str) -> dict[str, Any]:
        """The table cell that says `words`."""
        return self.until(f"a cell {words!r}", lambda: self.stage.ask(do="cell", name=words))

    # --- doing ----------------------------------------------------------------------------------

    def click(self, name: str) -> None:
        """A real click in the middle of the control."""
        self.enabled(name)
        self.decided += name == "wizardNext"
        self.stage.xdotool("mousemove", *self._middle(name), "click", "1")

    def _middle(self, name: str) -> tuple[str, str]:
        """Where it stands once it stands still (a window that opens is moved by the window manager) and in view."""
        before: list[list[int]] = [[]]

        def still() -> list[int] | None:
            node = self.find(name)
            box, clip = node["extents"], node["clip"]
            if clip and not clip[1] <= box[1] + box[3] // 2 < clip[1] + clip[3]:
                wheel = "5" if box[1] > clip[1] else "4"
                middle = (str(clip[0] + clip[2] // 2), str(clip[1] + clip[3] // 2))
                self.stage.xdotool("mousemove", *middle, "click", wheel)
                return None
            before.append(box)
            return box if before[-2] == box and box[2] > 0 else None

        left, top, width, height = self.until(f"{name} stands still", still)
        return str(left + width // 2), str(top + height // 2)

    def click_cell(self, words: str) -> None:
        """A real click on the table cell that says `words`."""
        box = self.cell(words)["extents"]
        self.stage.xdotool("mousemove", str(box[0] + box[2] // 2), str(box[1] + box[3] // 2), "click", "1")

    def key(self, *keys: str) -> None:
        """Real keys, such as "ctrl+l"."""
        self.stage.xdotool("key", "--clearmodifiers", *keys)

    def type(self, name: str, text: str) -> None:
        """Click into the field, replace what stands there, and wait until the text is in it."""
        self.click(name)
        self.until(f"{name} focused", lambda: "focused" in self.find(name)["states"])
        self.key("ctrl+a")
        self.typed(text)
        secret = self.find(name)["role"] == "password text"
        self.until(f"text in {name}", lambda: secret or self.find(name)["text"].strip() == text.strip())

    def typed(self, text: str) -> None:
        """Type wherever the keyboard is. xdotool sends a line feed for the end of a line, which no keyboard has."""
        keys = {"\n": "Return", "\t": "Tab"}
        for piece in re.split(r"([\n\t])", text):
            if piece in keys:
                self.key(keys[piece])
            elif piece:
                self.stage.xdotool("type", "--clearmodifiers", "--delay", "2", "--", piece)

    def choose(self, name: str, words: str) -> None:
        """Choose in a combo box by the keyboard: the entry that begins with `words`."""
        self.click(name)
        self.key("Escape")
        self.find(name)
        self.typed(words)
        self.until(f"{name} chosen {words}", lambda: words in self.find(name)["name"] + self.find(name)["text"])

    # --- ending ---------------------------------------------------------------------------------

    def _alive(self) -> None:
        assert self.process.poll() is None, f"the program ended: {self.log.read_text()}"

    def leave(self) -> None:
        """Close the window, as a person does, and wait until the program has ended."""
        if self.shown("wizardCancel"):
            self.click("wizardCancel")
            self.click("discard")
            self.gone("wizardCancel")
        # Once more where the window manager was still giving the keyboard back to the main window.
        self.until("the end", lambda: self.process.poll() is not None or self.key("ctrl+q"))

    def shot(self, name: str) -> Path:
        """A picture of the whole screen, which must not be blank."""
        path = self.stage.shots / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self.stage.env, check=True)
        pixels = memoryview(self.stage.screen.pixels(8)).cast("I")
        assert len(set(pixels)) > 20, f"{path} is blank"
        return path


@contextmanager
def program(stage: Stage, home: Path, *arguments: str, **env: str) -> Iterator[Program]:
    """`anchorhold ARGUMENTS` with a home of its own; its errors must be empty at the end."""
    home.mkdir(exist_ok=True)
    log = home / "stderr.txt"
    command = [str(Path(sys.executable).with_name("anchorhold")), *arguments]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, env={**stage.env, "HOME": str(home), **env}, stdout=errors, stderr=errors, cwd=home
        )
    try:
        yield Program(stage, process, log)
    finally:
        _ended(process)
    said = log.read_text(encoding="utf-8", errors="replace").strip()
    assert not said, f"the program wrote: {said}"
