"""A disk that is full, as the system, a Java machine or a server says it, and as it is told."""

from __future__ import annotations

import errno
import re
import tempfile
from pathlib import Path

from ecosystem.errors import StoreError
from ecosystem.labels import Label

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

_FULL = Label("le disque de {folder} est plein", "the disk of {folder} is full")
_FULL_HINT = Label(
    "faites de la place, ou donnez par {name} un dossier sur un autre disque",
    "free some space, or give in {name} a folder on another disk",
)

_NO_SPACE = re.compile(
    r"no space left|aucun espace disponible|not enough (?:disk )?space|disk quota exceeded"
    r"|quota d'espace disque|file too large|fichier trop (?:gros|volumineux)",
    re.I,
)


def no_space(text: str) -> bool:
    """Whether words of a system or a server say that a disk is full."""
    return bool(_NO_SPACE.search(text))


def full_disk(home: Path) -> StoreError:
    """The error for an embedded store whose disk is full: it names a folder the user knows."""
    temporary = Path(tempfile.gettempdir())
    ours = home.parent == temporary
    return StoreError(
        _FULL.format(folder=temporary if ours else home),
        _FULL_HINT.format(name="TMPDIR" if ours else "ECOSYSTEM_HOME"),
    )
