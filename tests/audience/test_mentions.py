"""Ways of writing what is hidden, and innocent texts: every form that the documentation names, by rule.

A text of the corpus is a form applied to a name, an address or a number, in one of several
sentences. What the page on audiences says is not found is tried too, so that it stays true.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import product
from urllib.parse import quote

import pytest

from ecosystem.audience.mentions import Mentions, secrets_of
from ecosystem.schema import TABLES

Form = Callable[[str], str]

HIDDEN = {
    "id": "zeta-nord",
    "name": "Société Zêta-Nord d'Énergie (SZNE)",
    "url": "https://www.zeta-nord.example/dossier/",
    "identifier": "123 456 789 00012",
    "description": "A refusé de transmettre ses relevés.",
}
ALSO = {
    "id": "eau",
    "name": "Eau",
    "description": "Tél. 05 46 51 51 51 ou +41 22 327 41 11, jean.martin@courrier.example, SIREN 732 829 320",
}
SHOWN = ["Union de la Société Zêta-Nord d'Énergie", "Eau Vive", "Zeta"]
NAME, URL, NUMBER = "Société Zêta-Nord d'Énergie", HIDDEN["url"], "12345678900012"


@pytest.fixture(scope="module")
def mentions() -> Mentions:
    columns = [f.name for f in TABLES["actors"].fields if f.kind in ("id", "text", "url")]
    secrets = set()
    for hidden in (HIDDEN, ALSO):
        row = {column: hidden.get(column) for column in columns}
        secrets |= secrets_of(TABLES["actors"], row, columns)
    return Mentions(secrets, SHOWN)


def spaced(sign: str) -> Form:
    return lambda text: text.replace(" ", sign)


def dashed(sign: str) -> Form:
    return lambda text: text.replace("-", sign)


def every(sign: str) -> Form:
    return lambda text: sign.join(text)


def inside(sign: str) -> Form:
    """A sign in the middle of each word that has one."""
    return lambda text: " ".join(
        w[: len(w) // 2] + sign + w[len(w) // 2 :] for w in text.split(" ")
    )


def letters(**others: str) -> Form:
    return lambda text: text.translate(str.maketrans(others))


NAMES: dict[str, Form] = {
    "as it is": str,
    "small": str.lower,
    "capital": str.upper,
    "swapped": str.swapcase,
    "no accents": lambda t: "".join(c for c in unicodedata.normalize("NFD", t) if not unicodedata.combining(c)),
    **{f: lambda t, f=f: unicodedata.normalize(f, t) for f in ("NFC", "NFD", "NFKC", "NFKD")},
    "wide": lambda t: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in t),
    "mathematical": lambda t: "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in t),
    "Cyrillic letters": letters(a="а", e="е", o="о", c="с", i="і"),
    "Greek letters": letters(o="ο", i="ι"),
    "an underscore": lambda t: t.replace(" ", "_").replace("-", "_").replace("'", "_"),
    "in one word": lambda t: t.replace(" ", "").replace("-", ""),
    "entities": lambda t: t.replace("é", "&eacute;").replace("ê", "&#234;").replace("'", "&#x27;"),
    "percent": quote,
    "escapes": lambda t: t.replace("é", "\\u00e9").replace("ê", "\\u00ea"),
    "HTML inside": lambda t: t.replace("Zêta", "<b>Zêta</b>").replace("d'", "<i class='x'>d'</i>"),
    "from right to left": lambda t: "\u202e" + t[::-1],
    **{f"space U+{ord(s):04X}": spaced(s) for s in "\u00a0\u1680\u2002\u2003\u2007\u2009\u200a\u202f\u205f\u3000"},
    **{f"space {s!r}": spaced(s) for s in ("  ", "\n", "\r\n", "\t", " \n ", ".", "·", "/")},
    **{f"dash U+{ord(s):04X}": dashed(s) for s in "\u00ad\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fb\ufe58\ufe63\uff0d"},
    **{f"dash {s!r}": dashed(s) for s in ("", " ", " - ", "-\n", "_")},
    **{f"apostrophe U+{ord(s):04X}": (lambda t, s=s: t.replace("'", s)) for s in "\u2019\u2018\u02bc\u00b4\u0060\u2032\uff07\u201b"},
    **{f"inside U+{ord(s):04X}": inside(s) for s in "\u00ad\u200b\u200c\u200d\u2060\ufeff\u034f\u061c\u180e\u200e\u200f\u202a\u202c\u2066\u2069\ufe0f\u3164\x00\x08"},
    **{f"between letters {s!r}": every(s) for s in ("\u200b", "\u00ad", "\u2060", " ", ".", "-")},
}  # fmt: skip
ADDRESSES: dict[str, str] = {
    form: form
    for form in (
        "https://www.zeta-nord.example/dossier/", "https://www.zeta-nord.example/dossier",
        "http://www.zeta-nord.example/dossier", "https://zeta-nord.example/dossier/",
        "http://zeta-nord.example", "https://zeta-nord.example/", "www.zeta-nord.example",
        "zeta-nord.example", "ZETA-NORD.EXAMPLE", "Zeta-Nord.example/Dossier",
        "https://www.zeta-nord.example/dossier/2021/page.html?x=1#y", "//www.zeta-nord.example/a",
        "https://www.zeta-nord.example:8443/dossier", "https://user:pass@zeta-nord.example/",
        "ftp://zeta-nord.example/x", "contact@zeta-nord.example", "mailto:x@www.zeta-nord.example",
        "https://data.zeta-nord.example/jeu", "https%3A%2F%2Fwww.zeta-nord.example%2Fdossier",
        "https://web.archive.org/web/2021/https://www.zeta-nord.example/dossier/",
        "https://www.zeta\u2011nord.example", "zeta-nord\u200b.example", "zeta-nord . example",
        "zeta-nord[.]example", "zeta-nord(dot)example".replace("(dot)", "\u2024"), "<https://zeta-nord.example>",
        "[site](https://zeta-nord.example/a)", "https:\\/\\/zeta-nord.example\\/dossier",
    )
}  # fmt: skip
NUMBERS: dict[str, str] = {
    form: form
    for form in (
        "12345678900012", "123 456 789 00012", "123\u00a0456\u00a0789\u00a000012", "123\u202f456\u202f789 00012",
        "123.456.789.00012", "123-456-789-00012", "123/456/789/00012", "123_456_789_00012", "123\u2011456\u2011789\u201100012",
        "123\u2009456\u2009789\u200900012", "1 2 3 4 5 6 7 8 9 0 0 0 1 2", "123\n456\n789\n00012", "123,456,789,00012",
        "123456789", "123 456 789", "SIREN123456789", "n°123456789", "FR32123456789", "FR 32 123 456 789",
        "fr32 123456789", "12345678900038", "１２３４５６７８９", "123\u200b456\u200b789", "(123)456789",
        "RCS Nantes 123 456 789", "123456789RCS", "SIRET:12345678900012.", "123'456'789",
    )
}  # fmt: skip
CONTACTS = [
    "05 46 51 51 51", "0546515151", "05.46.51.51.51", "05-46-51-51-51", "05\u00a046\u00a051\u00a051\u00a051",
    "05\u202f46\u201151/51_51", "+33 5 46 51 51 51", "+33546515151", "0033 5 46 51 51 51", "+33 (0)5 46 51 51 51",
    "(+33)546515151", "０５ ４６ ５１ ５１ ５１", "tel:+33546515151", "+41 22 327 41 11", "0041 22 327 41 11", "022 327 41 11",
    "+41(0)223274111", "jean.martin@courrier.example", "JEAN.MARTIN@COURRIER.EXAMPLE", "mailto:jean.martin@courrier.example",
    "jean.martin [at] courrier [dot] example", "jean.martin(at)courrier.example", "jean.martin (arobase) courrier (point) example",
    "jean.martin&#64;courrier.example", "jean.martin%40courrier.example", "732829320", "732 829 320", "FR44732829320",
    "732 829 320 00074", "EAU", "Eau", "E A U", "id_eau_3",
]  # fmt: skip
"""Contacts of a hidden description (the last digit of the SIREN checks), and a name that is a word,
not written as one."""
OTHERS = ["SZNE", "szne", "S.Z.N.E.", "(SZNE)", "zeta-nord", "flow_zeta-nord_1", "ZETA NORD", "zeta_nord",
          "a refuse de transmettre ses releves", "Note : A refusé  de transmettre ses relevés !"]  # fmt: skip
SENTENCES = ["{}", "Voir {} avant lundi.", "« {} »", "source:{},p.3"]

INNOCENT = [
    "Zeta", "La lettre zêta", "Nord", "Société d'énergie", "Société Zêta", "Zêta-Nordique", "zeta-nordest",
    "Énergie du Nord", "la société Zêta du nord", "Union de la Société Zêta-Nord d'Énergie", "Eau Vive",
    "l'Union de la société zeta-nord d'energie, hier", "https://www.zeta.example/dossier/",
    "https://www.nord.example", "https://www.example.org/zeta", "zeta-nord-example".replace("-nord", "-sud"),
    "https://azeta-nordb.example", "12345678", "023456789", "923456789", "912345678900012".replace("123456789", "123456780"),
    "le 12 3456 78", "123 456 788", "FR32123456788", "tel. 01 23 45 67 80", "1234", "2021-2022", "SZN", "SZNEX",
    "XSZNE", "aszneb", "refusé de transmettre", "A refusé de transmettre", "ses relevés", "Il a accepté de transmettre ses relevés.",
    "données d'énergie", "dossier", "https://www.example.org/dossier/", "zêtas du nord", "Nord-Zêta", "nord zeta",
    "ordre du jour : zêta", "Le nord, la société, l'énergie", "énergie-nord", "Zeta d'Énergie", "ZETA NORMES",
    "zeta no rdx", "société znord", "sociétés du nord", "Société Zêta-Sud d'Énergie", "un texte sans rien", "–", "…",
    "https://data.gouv.fr/fr/datasets/energie/", "mairie@example.org", "12 345 678 habitants", "123 456 habitants",
    "cartographie", "ville haute", "Pompey", "La Rochelle", "Genève", "50 % des flux", "n° 123", "R&D", "eau & énergie",
    "l'eau potable", "La qualité de l'eau (eau brute, eau traitée)", "eaux usées", "Château d'eau", "plateau", "beau",
    "05 46 51 51 52", "+33 5 46 51 51 50", "05 46", "51 51 51", "marie.martin@courrier.example", "courrier.example",
    "jean.martin", "732 829 321", "le 05/46", "1 < 2 et 3 > 2",
]  # fmt: skip

NOT_FOUND = {
    "a nickname": "Les Zêtas", "a part of a name": "Société Zêta", "a translation": "Zeta North Energy Company",
    "a paraphrase": "l'énergéticien du quai nord", "another spelling": "Société Zeeta-Nord d'Énergie",
    "digits as words": "cent vingt-trois millions", "initials": "SZ Nord d'É.", "letters swapped": "Société Zêat-Nord d'Énergie",
    "digits for letters": "S0ciété Zêta-N0rd d'Énergie", "a short word in small letters": "les données de eau",
    "a name without a host": "jean.martin chez courrier", "the end of a number": "46 51 51 51",
}  # fmt: skip
"""What the page on audiences says is not found."""


def corpus() -> list[tuple[str, str]]:
    forms = [(f"name, {how}", form(NAME)) for how, form in NAMES.items()]
    forms += [(f"address {how!r}", text) for how, text in ADDRESSES.items()]
    forms += [(f"number {how!r}", text) for how, text in NUMBERS.items()]
    forms += [(f"other {text!r}", text) for text in (*OTHERS, *CONTACTS)]
    return [(f"{how} in {s!r}", s.format(text)) for (how, text), s in product(forms, SENTENCES)]


def test_every_written_form_is_found(mentions: Mentions) -> None:
    texts = corpus()
    assert len({text for _, text in texts}) >= 300
    assert [how for how, text in texts if not mentions.found_in(text)] == []


def test_innocent_texts_stay(mentions: Mentions) -> None:
    assert len(set(INNOCENT)) >= 60
    assert [text for text in INNOCENT if mentions.found_in(text)] == []


def test_what_is_said_not_to_be_found_is_not(mentions: Mentions) -> None:
    assert [how for how, text in NOT_FOUND.items() if mentions.found_in(text)] == []


def test_a_host_alone_names_an_actor_and_not_a_document() -> None:
    """A hidden page of a newspaper does not hide every page of it."""
    row = {"url": "https://www.journal.example/2021/article-3"}
    secrets = secrets_of(TABLES["sources"], row, ["url"])
    page = Mentions(secrets)
    assert page.found_in("http://journal.example/2021/article-3/?x")
    assert not page.found_in("https://www.journal.example/2022/autre")
    assert Mentions(secrets_of(TABLES["actors"], row, ["url"])).found_in("www.journal.example/2022")
