"""Files are written whole or not at all, always in UTF-8; and where the shipped ones are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ecosystem.errors import EcosystemError
from ecosystem.vocabulary import Label


def shipped(folder: str) -> Path:
    """A folder that travels with the package: `data` or `queries`.

    Inside the package when it was installed from a wheel, beside it in a checkout.
    """
    package = Path(__file__).resolve().parent
    inside = package / "_shipped" / folder
    return inside if inside.is_dir() else package.parent / folder


def write_text(path: Path, text: str) -> Path:
    """Write a text file through a temporary file beside it, then rename.

    Raises
    ------
    EcosystemError
        If the folder cannot be made or written; what was there before is untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def unwritable(path: Path, error: OSError) -> EcosystemError:
    """The error for a place that cannot be written."""
    reason = error.strerror or str(error)
    return EcosystemError(
        Label(f"{path} ne peut pas être écrit ({reason})", f"{path} cannot be written ({reason})"),
        Label("choisissez un autre endroit avec -o", "choose another place with -o"),
    )


def _umask() -> int:
    """The process's umask; reading it means setting it twice."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
