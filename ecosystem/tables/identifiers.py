"""Official numbers of bodies and places: SIREN, SIRET, INSEE, Swiss UID and BFS, and what is wrong with one.

The rules are those of python-stdnum, with the rule of their own that SIRET numbers of La Poste have.
"""

from __future__ import annotations

import re

from ecosystem.labels import Label


def kind_of(number: str) -> str | None:
    """Which official number a text is, right in form and check digit; None if it is none.

    Returns
    -------
    str or None
        `SIREN`, `SIRET`, `UID`, `INSEE` (a municipality) or `BFS`.
    """
    from stdnum.ch import uid
    from stdnum.fr import siren, siret

    bare = re.sub(r"[\s.\u202f-]", "", number).upper()
    if re.fullmatch(r"\d{9}", bare) and siren.is_valid(bare):
        return "SIREN"
    if re.fullmatch(r"\d{14}", bare) and siret.is_valid(bare):
        return "SIRET"
    if bare.startswith("CHE") and uid.is_valid(bare):
        return "UID"
    if re.fullmatch(r"(\d{2}|2[AB])\d{3}", bare) and bare[:2] not in ("00", "96", "99"):
        return "INSEE"
    if re.fullmatch(r"[1-9]\d{0,3}", bare):
        return "BFS"
    return None


def with_zeros(number: str, *, insee: bool = False) -> str:
    """A number with the zeros that a spreadsheet took off its front, where its length and check digit say so.

    Parameters
    ----------
    insee
        Whether numbers of four figures are INSEE codes: alone they may be Swiss ones, which have four.
    """
    from stdnum.fr import siren, siret

    if insee and re.fullmatch(r"[1-9]\d{3}", number):
        return f"0{number}"
    if re.fullmatch(r"\d{6,8}", number) and siren.is_valid(number.zfill(9)):
        return number.zfill(9)
    if re.fullmatch(r"\d{11,13}", number) and siret.is_valid(number.zfill(14)):
        return number.zfill(14)
    return number


def wrong(number: str) -> Label | None:
    """Why a text is no official number; None if it is one, or of a kind that is not known here."""
    bare = re.sub(r"[\s.\u202f-]", "", number).upper()
    if kind_of(number) is not None:
        return None
    if re.fullmatch(r"\d{9}", bare):
        return Label("la clé de ce SIREN est fausse", "the check digit of this SIREN is wrong")
    if re.fullmatch(r"\d{14}", bare):
        return Label("la clé de ce SIRET est fausse", "the check digit of this SIRET is wrong")
    if bare.startswith("CHE"):
        return Label(
            "cet IDE a une clé ou une longueur fausse", "this UID has a wrong check digit or length"
        )
    if re.fullmatch(r"\d{4,}", bare):  # fewer may be of a département, a region, a canton
        return Label(
            f"{len(bare)} chiffres : un SIREN en a 9, un SIRET 14, une commune 5",
            f"{len(bare)} figures: a SIREN has 9, a SIRET 14, a municipality 5",
        )
    return None
