"""Write every derived file, or say which differ."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from docs.build import agenda, cli, dictionary, house, registries, sessions
from docs.build.pages import DOCS, ROOT
from ecosystem.labels import LANGUAGES, Language

PAGES: dict[str, Callable[[Language], str]] = {
    "dictionary.md": dictionary.dictionary,
    "measures.md": registries.measures,
    "gaps.md": registries.gaps,
    "agenda.md": agenda.agenda,
    "reading-agenda.md": agenda.reading,
    "matching.md": registries.matching,
    "what-if.md": registries.what_if,
    "queries.md": registries.query_pages,
    "cli.md": cli.command_line,
    "problems.md": registries.problems,
    "formats.md": registries.formats,
    "audiences.md": registries.audiences,
    "house.md": house.house,
}
READMES: dict[str, Language] = {"README.md": "en", "README.fr.md": "fr"}


def built() -> dict[Path, str]:
    """Every file that is derived, with what it should hold."""
    short_help = cli.short_help()  # first: pages of help then say what the commands say now
    files = {DOCS / lang / name: make(lang) for lang in LANGUAGES for name, make in PAGES.items()}
    for language, name in house.DRAWINGS.items():
        files[DOCS / "images" / name] = house.drawing(language)
    files[ROOT / "ecosystem" / "cli" / "short_help.py"] = short_help
    for name, language in READMES.items():
        files[ROOT / name] = sessions.refreshed((ROOT / name).read_text("utf-8"), language)
    return files


def main(args: Sequence[str]) -> int:
    """Name the files that differ, and write them unless only asked to check."""
    stale = [
        (path, text)
        for path, text in built().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        print(path.relative_to(ROOT).as_posix())
        if "--check" not in args:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale and "--check" in args:
        print("differ from the code: run `python -m docs.build`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
