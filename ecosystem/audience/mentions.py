"""Texts that name what an audience may not see: found however they are written.

A text is read as what is left of it when case, accents, spaces, punctuation and what cannot be
seen are gone, with the places where a word may begin or end. So a name is found with any dashes,
spaces or line breaks, letter by letter or in one word; an address with or without scheme, `www.`
or slash, and as the beginning of a longer one; a number with any separators. What is a nickname,
a part of a name, a translation or a paraphrase is not found.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ecosystem.schema import Table

NAMES = ("id", "name", "title", "url", "identifier", "official_code")
"""Columns whose value names a row wherever it stands in a text."""
TELLING = ("description", "note", "purpose", "evidence", "supports")
"""Columns whose whole text is a secret of its row."""
COMMON = ("publisher", "format", "licence", "frequency", "country", "theme", "edition")
"""Columns whose text is that of many rows, and tells of none."""
SHORTEST = 3
"""A shorter name counts as a mention only where it is a whole cell."""
LONG = 12
"""A telling text shorter than this says nothing by itself and is not looked for elsewhere."""
NUMBER = 9
"""Digits from which a number names whoever has it, and longer numbers that begin with it."""

_LIKE = str.maketrans(
    {
        **dict(zip("авекмнорстухіјѕԁһҫ", "abekmhopctyxijsdhc", strict=True)),
        **dict(zip("αεικνορτυχγη", "aeikvoptuxyn", strict=True)),
        **dict(zip("øłđħıßþ", ("o", "l", "d", "h", "i", "ss", "th"), strict=True)),
        "œ": "oe",
        "æ": "ae",
        "\u115f": "",
        "\u1160": "",
        "\u3164": "",
        "\uffa0": "",
    }
)
"""Letters that look like Latin ones, or are written with two; signs that cannot be seen."""
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_AND = {"and": "et", "und": "et"}
_AROUND = re.compile(r"\s*[(\[{]\s*(?:at|arobase|dot|point)\s*[)\]}]\s*")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_VAT = re.compile(r"fr[0-9]{2}(?=[0-9]{9}(?![0-9]))")


class Read(NamedTuple):
    """A text without what may be written in several ways.

    Attributes
    ----------
    text
        Its letters and digits, one after the other.
    begins
        Where a word begins; the end of one is the beginning of another, or of nothing more.
    """

    text: str
    begins: list[int]


def read(text: str) -> Read:
    """What is left of a text when case, accents, spaces, punctuation and the invisible are gone."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = unquote(unquote(text))
    if "\\u" in text:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
        plain = plain.translate(_LIKE)
    if "(" in plain or "[" in plain or "{" in plain:
        plain = _AROUND.sub(" ", plain)  # an e-mail address, as people hide it from machines
    words = _WORD.findall(plain.replace("&", " et "))
    if not _AND.keys().isdisjoint(words):
        words = [_AND.get(word, word) for word in words]
    joined = "".join(words)
    begins = [0, *accumulate(map(len, words))]
    if "fr" in joined:  # a SIREN in a number for VAT
        begins += [found.end() for found in _VAT.finditer(joined)]
    return Read(joined, begins)


_UNSEEN = ("Mn", "Me", "Cf", "Cc")
"""Categories of what is written over or between letters, and is no letter."""


def folded(text: str) -> str:
    """A text as it is compared: see `read`."""
    return read(text).text


def secrets_of(table: Table, row: dict[str, object], columns: Iterable[str]) -> set[str]:
    """What must not be read of a row, as far as `columns` go."""
    found = set()
    for column in columns:
        text = row.get(column)
        if not isinstance(text, str) or not text.strip():
            continue
        if column == "id" and table.numbers_rows and re.fullmatch(r"\w+-\d+", text):
            continue  # a number that reading gave, or that a copy gives anew
        if column == "url":
            found |= set(_addresses(text, of_actor=table.name == "actors"))
        elif column in NAMES or (column in TELLING and len(text) >= LONG):
            found.add(text)
        if column in TELLING:
            found |= set(contacts(text))
        digits = re.sub(r"\D", "", text) if column == "identifier" else ""
        if len(digits) in (_SIREN, _SIRET):
            found.add(digits)
        if len(digits) == _SIRET:  # its first nine name the body whose establishment it is
            found.add(digits[:NUMBER])
        if column in ("name", "title"):
            before, _, inside = text.partition(" (")
            found.add(before)
            if re.fullmatch(r"[A-Z0-9]{3,}", inside.rstrip(") ")):
                found.add(inside.rstrip(") "))
    return found


_SIRET = 14


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?<![\w+])\+?\d(?:[^\w+,;:|\n]{0,3}\d){8,14}(?!\w)")
_SIREN = 9
_CALLING = ("33", "41", "32", "49", "352", "39", "44", "34", "31")
"""Calling codes of the countries next to those of the data: a number is looked for with and without."""


def contacts(text: str) -> Iterator[str]:
    """E-mail addresses, telephone numbers, SIREN and SIRET that a text gives.

    A telephone number in each way of dialling it, a SIREN or SIRET if its last digit checks.
    """
    yield from _MAIL.findall(text)
    for found in _DIGITS.findall(unicodedata.normalize("NFKC", text)):
        digits = re.sub(r"\D", "", found)
        if found.startswith("+") or digits.startswith("00"):
            abroad = digits.removeprefix("00")
            yield from (abroad, f"00{abroad}")
            for code in _CALLING:
                if abroad.startswith(code):
                    yield from _dialled(code, abroad.removeprefix(code).removeprefix("0"))
        elif digits.startswith("0") and len(digits) <= _SIREN + 1:
            yield digits
            for code in _CALLING:
                yield from _dialled(code, digits[1:])
        elif len(digits) in (_SIREN, _SIRET) and _checks(digits):
            yield digits
            yield digits[:_SIREN]


def _dialled(code: str, number: str) -> Iterator[str]:
    yield from (f"0{number}", f"{code}{number}", f"00{code}{number}", f"{code}0{number}")


def _checks(digits: str) -> bool:
    """Whether the last digit follows from the others (Luhn), as in a SIREN and a SIRET."""
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def _addresses(url: str, *, of_actor: bool) -> Iterator[str]:
    """What names an address: without scheme, `www.`, port, query and last slash; of an actor, its host."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        yield url
        return
    yield url.partition("//")[2].removeprefix("www.") or url
    yield host + parts.path.rstrip("/")
    if of_actor or not parts.path.strip("/"):
        yield host
        if host.isascii() and "xn--" in host:
            with suppress(UnicodeError):
                yield host.encode().decode("idna")
        elif not host.isascii():
            with suppress(UnicodeError):
                yield host.encode("idna").decode()


class Mentions:
    """Looks for secrets in texts.

    A name of three letters that is not in capitals may be a word (eau, air): in a text it is one
    where it is in small letters, and no mention.

    Parameters
    ----------
    secrets
        Names and texts that must not be read.
    shown
        Names that may be read, even where a secret is a part of them: the town hall's is not a
        mention of the town.
    """

    def __init__(self, secrets: Iterable[str], shown: Iterable[str] = ()) -> None:
        secrets = set(secrets)
        terms = {folded(text) for text in secrets} - {""}
        capitals = {folded(text) for text in secrets if text.isupper()}
        self._small = {
            text.strip().lower()
            for text in secrets
            if len(text.strip()) == SHORTEST
            and text.strip().isalpha()
            and folded(text) not in capitals
        }
        words = "|".join(map(re.escape, sorted(self._small)))
        self._words = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None
        open_names = {folded(name) for name in shown} - {""}
        self.whole = terms - open_names
        self._secrets = _Terms(term for term in self.whole if len(term) >= SHORTEST)
        self._open = _Terms(
            name for name in open_names if any(self._secrets.found_in(_whole(name), anywhere=True))
        )

    def __bool__(self) -> bool:
        return bool(self.whole)

    def found_in(self, text: str, *, identifier: bool = False) -> bool:
        """Whether a text names a secret.

        Parameters
        ----------
        identifier
            The text is no sentence: small letters make no word of a short name.
        """
        if "\u202e" in text and self.found_in(text.replace("\u202e", "")[::-1]):
            return True  # written from right to left
        if "<" in text and (bare := _TAG.sub("", text)) != text and self.found_in(bare):
            return True  # with marks of HTML inside
        plain = read(text)
        if plain.text in self.whole:
            return True
        if self._words is not None and not identifier:
            plain = read(self._words.sub(" ", unicodedata.normalize("NFC", text)))
        found = set(self._secrets.found_in(plain))
        if not found:
            return False
        open_to = list(self._open.found_in(plain))
        return any(
            not any(a <= begin and end <= b and (a, b) != (begin, end) for a, b in open_to)
            for begin, end in found
        )


def _whole(text: str) -> Read:
    return Read(text, list(range(len(text) + 1)))


class _Terms:
    """Terms, with the lengths that there are by how a term begins, for finding them in texts."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = set(terms)
        lengths: dict[str, set[int]] = {}
        for term in self._terms:
            lengths.setdefault(term[:SHORTEST], set()).add(len(term))
        self._lengths = {begin: sorted(found) for begin, found in lengths.items()}

    def found_in(self, plain: Read, *, anywhere: bool = False) -> Iterator[tuple[int, int]]:
        """Where terms stand from the beginning of a word to the end of one.

        A long number may be the beginning of a longer one: a SIREN, of a SIRET.
        """
        text, begins, known = plain.text, plain.begins, self._lengths
        for begin in begins:
            for length in known.get(text[begin : begin + SHORTEST], ()):
                if (term := text[begin : begin + length]) in self._terms:
                    end = begin + length
                    if anywhere or end in begins or (length >= NUMBER and term.isdigit()):
                        yield begin, end
