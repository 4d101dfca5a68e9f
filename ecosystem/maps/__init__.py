"""Maps: one offline HTML file that explains itself."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecosystem.errors import spoken
from ecosystem.files import write_text
from ecosystem.maps.drawing import pyvis_network
from ecosystem.maps.model import of_flows, page_model
from ecosystem.maps.render import render_page
from ecosystem.vocabulary import Language

__all__ = ["Map", "map", "pyvis_network"]

INLINE_HEIGHT = 640
"""Height of a map inside a notebook, in pixels."""


@dataclass(frozen=True)
class Map:
    """A map as one HTML page; shows itself in a notebook.

    Attributes
    ----------
    title
        In the language in which the page opens.
    html
        The whole page: it fetches nothing.
    """

    title: str
    html: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the page, whole or not at all, in UTF-8.

        Raises
        ------
        EcosystemError
            If the place cannot be written.
        """
        return write_text(Path(path), self.html)

    def _repr_html_(self) -> str:
        """An iframe that holds the page: notebook and map cannot touch each other."""
        page = html.escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{page}" title="{html.escape(self.title)}" width="100%" '
            f'height="{INLINE_HEIGHT}" style="border:0" sandbox="allow-scripts allow-popups allow-downloads"></iframe>'
        )


def map(
    source: Any,
    territory: str | None = None,
    *,
    size: str = "betweenness",
    colour: str = "sector",
    seed: int = 1,
    language: Language = "en",
) -> Map:
    """The interactive map of a territory, or of all together.

    Parameters
    ----------
    source
        A study, tables, what `ecosystem.redact` made of them for an audience, or what tables can
        be made of: a path, a graph (see `ecosystem.taking.taken`).
    territory
        None for all, each in a block of its own.
    size, colour
        The measures that the size and the colour of actors show at first, names of `MEASURES`;
        colour may be `sector`. Others can be chosen in the page.
    seed
        Of the layout: the same tables and seed give the same bytes.
    language
        In which the page opens; both languages are in it.

    Raises
    ------
    UnknownName
        If the territory, a measure or the language does not exist.
    """
    spoken(language)
    study = of_flows(source, territory, size, colour)
    model = page_model(study, size=size, colour=colour, seed=seed, language=language)
    return Map(model["title"][language], render_page(model))
