"""What a cell or a header holds beyond what one sees of it."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISREG
from urllib.parse import urlsplit

from ecosystem.labels import UNPRINTED, Label

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_BARE = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#:]\S*)?", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_SHORTENED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")

_KINDS = (
    (S_ISFIFO, Label("c'est un tube nommé", "it is a named pipe")),
    (S_ISCHR, Label("c'est un périphérique", "it is a device")),
    (S_ISBLK, Label("c'est un périphérique", "it is a device")),
    (S_ISDIR, Label("c'est un dossier", "it is a folder")),
)


def composed(text: str) -> str:
    """A text in one form of Unicode: an accent is part of its letter (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def alike(text: str) -> str:
    """What two texts that look alike have in common: case, width, spaces and the invisible aside."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", seen).split())


@functools.lru_cache(maxsize=1 << 16)  # columns say the same again and again
def plain(text: str) -> str:
    """A text without case, accents and signs, one blank between words: `À qui ?` is `a qui`.

    What has no letter and no digit of its own keeps its signs, so that `?` is not nothing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(_WORDS.findall(text.lower())) or " ".join(text.split())
    parts = unicodedata.normalize("NFKD", alike(text).replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(_WORDS.findall(bare)) or bare.strip()


def stem(text: str) -> str:
    """The same without what a plural or a feminine adds: `Souhaitées` is `souhait`."""
    return " ".join(
        word if len(word) < 4 else word.rstrip("sx").rstrip("e") or word
        for word in plain(text).split()
    )


def unprinted(text: str) -> str | None:
    """The first sign in a text that has no place in a cell, as its code point; None if there is none.

    Tabs and ends of lines are text; marks of direction alone (as in Arabic) too.
    """
    for found in UNPRINTED.finditer(text):
        if found[0] not in "\u200e\u200f\u061c":
            return f"U+{ord(found[0]):04X}"
    return None


def shortened(text: str) -> bool:
    """Whether a text is a number that a spreadsheet has shortened: 2,13502E+13."""
    return _SHORTENED.fullmatch(text) is not None


def address(text: str) -> str | None:
    """A web address as browsers take it, with a scheme; None for what is none."""
    found = text if _URL.fullmatch(text) else f"https://{text}" if _BARE.fullmatch(text) else ""
    try:
        parts = urlsplit(found)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    return found if host and not host.startswith(".") else None


def not_a_file(path: Path) -> Label | None:
    """What a path is that cannot be read as a file: looked at before it is opened, which may wait."""
    mode = path.stat().st_mode
    if S_ISREG(mode):
        return None
    return next(
        (words for is_it, words in _KINDS if is_it(mode)),
        Label("ce n'est pas un fichier", "it is no file"),
    )
