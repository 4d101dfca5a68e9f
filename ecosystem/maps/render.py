"""The page model and the map's files -> one offline HTML file.

Nodes and edges are those of the pyvis network of the map (`ecosystem.maps.drawing`), and vis-network
comes from the same package; pyvis' own pages call other servers, write names unescaped and run a
layout in the browser. Everything here is inlined, nothing is fetched, and a Content-Security-Policy
lets no other script run than those whose hash it holds. The page's own script is `bundle.js`: the
modules in `page/scripts`, joined by `npm run bundle`, so that a user needs no Node.

The page model is a plain dictionary that JSON can hold; see `ecosystem.maps.contract`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from ecosystem.errors import EcosystemError
from ecosystem.labels import Label
from ecosystem.maps.compact import in_rows, packed
from ecosystem.maps.contract import PageModel
from ecosystem.maps.drawing import bare_network, pyvis_package
from ecosystem.maps.layout import BLOCK
from ecosystem.maps.words import WORDS
from ecosystem.vocabulary import Language

HERE = Path(__file__).parent / "page"
PYVIS = "0.3.2"
VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
"""Where that version of pyvis holds it: it holds an older one beside, and the next may hold none."""


def render_page(model: PageModel | Mapping[str, Any], *, language: Language | None = None) -> str:
    """The whole page as text; the same model gives the same text.

    `language` replaces the model's language at opening.
    """
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    page = cast(PageModel, dict(model))
    if language is not None:
        page["language"] = language
    library = _library()
    script = _inline(_read("bundle.js"))
    style = _read("page.css")
    content = {
        **packed(page),
        "words": {key: {"fr": label.fr, "en": label.en} for key, label in WORDS.items()},
        "drawing": {**_drawing(page), "block": BLOCK},
    }
    environment = Environment(
        loader=FileSystemLoader(str(HERE)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    tongue = page["language"]
    return environment.get_template("template.html").render(
        model=page,
        language=tongue,
        title=page["title"][tongue],
        description=page["reading"][tongue],
        words={key: label.to(tongue) for key, label in WORDS.items()},
        plain=_plain(page, tongue),
        policy=_policy(scripts=[library, script], style=style),
        library=Markup(library),
        script=Markup(script),
        style=Markup(style),
        content=Markup(embedded_json(content)),
    )


def embedded_json(content: object) -> str:
    """JSON that cannot end the element that holds it, nor break a line of script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _drawing(page: PageModel) -> dict[str, Any]:
    """Nodes and edges of the pyvis network of the map, keys said once."""
    nodes, edges, *_ = bare_network(page).get_network_data()
    return {"nodes": in_rows(nodes), "edges": in_rows(edges)}


def _plain(page: PageModel, language: Language) -> dict[str, list[tuple[str, ...]]]:
    """The cells of the tables of a reader without JavaScript; a text said often is escaped once."""
    from markupsafe import escape

    @cache
    def say(kind: str, code: str | None) -> str:
        words = page["codes"].get(kind, {}).get(code or "")
        return escape(words[language] if words else code or "")

    names = [escape(actor["name"]) for actor in page["actors"]]
    titles = [escape(dataset["title"]) for dataset in page["datasets"]]
    places: dict[str | None, str] = {}
    for actor in page["actors"]:
        place = actor["territory"]
        places.setdefault(place, escape(page["territories"].get(place or "", place or "")))
    return {
        "actors": [
            (
                names[actor["n"]],
                say("sector", actor["sector"]),
                say("type", actor["type"]),
                places[actor["territory"]],
            )
            for actor in page["actors"]
        ],
        "flows": [
            (
                names[flow["provider"]],
                names[flow["recipient"]],
                "" if flow["dataset"] is None else titles[flow["dataset"]],
                say("status", flow["status"])
                + (f" ({say('barrier', flow['barrier'])})" if flow["barrier"] else ""),
            )
            for flow in page["flows"]
        ],
    }


def _policy(*, scripts: list[str], style: str) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _library() -> str:
    """vis-network as pyvis ships it, less the address of a source map it does not ship."""
    pyvis = pyvis_package()

    path = Path(pyvis.__file__).parent / VIS_NETWORK
    if not path.is_file():
        raise EcosystemError(
            Label(
                f"pyvis {version('pyvis')} n'a pas vis-network là où il est attendu : {path}",
                f"pyvis {version('pyvis')} does not have vis-network where it is expected: {path}",
            ),
            Label(f"pip install pyvis=={PYVIS}", f"pip install pyvis=={PYVIS}"),
        )
    text = path.read_text(encoding="utf-8")
    return _inline(text.split("//# sourceMappingURL=")[0])


@cache
def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _inline(script: str) -> str:
    """A script that may stand in a page: line ends as the browser hashes them, no end tag."""
    script = script.replace("\r\n", "\n").replace("\r", "\n")
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script of the map holds a sequence that would end it")
    return script
