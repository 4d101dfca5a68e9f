"""What is drawn on a terminal while work goes on, and what is not drawn elsewhere."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

import ecosystem.cli
from ecosystem.cli import progress
from ecosystem.cli.bilingual import click_in_two_languages
from ecosystem.labels import Label

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")

SLOW = """
import sys, time
import click
from ecosystem.cli.bilingual import Command, language_option
from ecosystem.cli.options import say
from ecosystem.cli.progress import drawn
from ecosystem.labels import Label

@click.command(cls=Command, words=Label("a", "b"))
@language_option
def slow():
    with drawn() as told:
        assert (told is not None) == sys.stderr.isatty()
        for i in range(12):
            if told:
                told(Label("cartes [gras] et tables", "maps [bold] and tables"), i, 12)
            if i == 9:
                say(Label("carte : x", "map: x"))
            time.sleep(0.12)
        if told:
            told(Label("cartes [gras] et tables", "maps [bold] and tables"), 12, 12)
    click.echo("done")
slow(prog_name="slow")
"""


def on_a_terminal(columns: int, **environment: str) -> tuple[str, str]:
    """What `SLOW` leaves on stdout, and draws on a terminal of so many columns."""
    import fcntl
    import pty
    import struct
    import termios

    main, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        stdout=subprocess.PIPE,
        stderr=end,
        env={**kept, "TERM": "xterm", **environment},
    )
    os.close(end)
    drawn = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([main], [], [], 0.1)[0]:
            try:
                part = os.read(main, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            drawn += part
    os.close(main)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, drawn.decode("utf-8")
    return out.decode(), drawn.decode("utf-8")


COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_a_bar_says_what_is_under_way_and_how_long_it_may_take() -> None:
    out, drawn = on_a_terminal(100)
    assert out == "done\n"
    text = CONTROL.sub("", drawn)
    assert "maps [bold] and tables" in text, "words are not markup"
    assert re.search(r"\d+%", text) and re.search(r"\d+:\d\d", text)
    assert "map: x" in text
    assert COLOUR.search(drawn)
    erased, _, last = drawn.rpartition("\x1b[2K")
    assert erased and not CONTROL.sub("", last).strip(), "the bar is gone at the end"


def test_no_color_and_french() -> None:
    _, drawn = on_a_terminal(100, NO_COLOR="1", ECOSYSTEM_LANG="fr")
    assert "cartes [gras] et tables" in CONTROL.sub("", drawn)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", drawn)


@pytest.mark.parametrize("columns", [20, 40])
def test_narrow_terminals_get_bars_of_one_line(columns: int) -> None:
    _, drawn = on_a_terminal(columns)
    for line in CONTROL.sub("", drawn).replace("\r", "\n").splitlines():
        assert len(line) <= columns, line


def test_a_terminal_that_cannot_move_its_cursor_gets_no_bar() -> None:
    _, drawn = on_a_terminal(80, TERM="dumb")
    assert "\x1b" not in drawn and "map: x" in drawn


def test_nothing_is_drawn_where_nobody_watches_and_nothing_imported_for_it(tmp_path: Path) -> None:
    code = SLOW.replace("time.sleep(0.12)", "pass") + "\n"
    code = code.replace('slow(prog_name="slow")', "slow(prog_name='slow', standalone_mode=False)")
    code += "assert 'rich' not in sys.modules\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"done\n" and done.stderr == b"map: x\n"


def test_what_is_done_at_once_draws_nothing() -> None:
    bars = progress.Bars()
    for done in range(3):
        bars(Label("a", "b"), done, 2)
    assert bars._drawing is None


def test_the_words_of_click_are_given_back() -> None:
    """Importing or running the command line changes nothing for another program that uses click."""
    before = (click.core._, click.exceptions._, click.exceptions.ngettext)  # type: ignore[attr-defined]
    assert before[0]("Options") == "Options"
    with click_in_two_languages():
        assert click.core._ is not before[0]  # type: ignore[attr-defined]
    with pytest.raises(SystemExit):
        ecosystem.cli.main(["brokers", "--nonsense"], prog_name="ecosystem")
    assert before == (click.core._, click.exceptions._, click.exceptions.ngettext)  # type: ignore[attr-defined]
