"""What a map is once it is open: its source read tag by tag, and a page in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Locator
from playwright.sync_api import Page as Tab


class Page(HTMLParser):
    """What a browser would see: every tag with its attributes, texts of scripts, plain tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.rows: list[list[str]] = []
        self._open: str | None = None
        self._plain = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        self._plain = self._plain or tag == "noscript"
        if tag in self.texts:
            self.texts[tag].append("")
        if tag == "tr" and self._plain:
            self.rows.append([])
        if tag == "td" and self._plain:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = None
        self._plain = self._plain and tag != "noscript"

    def handle_data(self, data: str) -> None:
        if self._open in self.texts:
            self.texts[self._open][-1] += data
        elif self._open == "td" and self._plain:
            self.rows[-1][-1] += data

    def meta(self, **named: str) -> str | None:
        ((key, value),) = named.items()
        key = key.replace("_", "-")
        return next((a.get("content") for t, a in self.tags if t == "meta" and a.get(key) == value))

    @property
    def model(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.texts["script"][0])
        for name in ("actors", "datasets", "flows", "needs", "findings", "conversations"):
            packed = content[name]
            content[name] = [dict(zip(packed["keys"], row, strict=True)) for row in packed["rows"]]
        return content


DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
"""The canvas is drawn with the next frame: what lies on it is known after that."""


class OpenMap:
    """A map in a tab, used as a reader would: by search, mouse and keys."""

    def __init__(self, tab: Tab, path: Path) -> None:
        self.tab = tab
        self.path = path
        self.requests: list[str] = []
        self.complaints: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("console", self._heard)
        tab.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        tab.on("dialog", self._asked)

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, fragment: str = "") -> None:
        """Open the map, at a view if one is given."""
        self.tab.goto(self.path.as_uri() + (f"#{fragment}" if fragment else ""))
        assert self.tab.evaluate("Boolean(window.ecosystem && window.ecosystem.ready)")
        self.tab.evaluate(DRAWN)

    def of(self, name: str) -> Any:
        """A value of `window.ecosystem`."""
        return self.tab.evaluate(f"window.ecosystem.{name}")

    def at(self, actor: str) -> tuple[float, float]:
        """Where an actor is in the window."""
        found = self.tab.evaluate("id => window.ecosystem.position(id)", actor)
        return found["x"], found["y"]

    def find(self, text: str, name: str | None = None, nth: int = 0) -> None:
        """Search a text, go down to the result with a name, and choose it."""
        self.tab.fill("#query", text)
        names = self.tab.locator("#results li > span").all_text_contents()
        wanted = [i for i, found in enumerate(names) if found == (text if name is None else name)]
        for _ in range(wanted[nth]):
            self.tab.press("#query", "ArrowDown")
        self.tab.press("#query", "Enter")

    def chip(self, name: str) -> Locator:
        """The switch of the legend with a name."""
        said = re.compile(rf"^{re.escape(name)}( \d+)?$", re.IGNORECASE)
        return self.tab.locator("#legend").get_by_role("button", name=said)

    def section(self, title: str, part: str = "") -> list[list[str]]:
        """For each item of a section of the panel, the texts of its parts (of itself: none)."""
        found: list[list[str]] = self.tab.evaluate(
            """([title, parts]) => {
              const clean = (text) => text.replace(/ \\(\\d+\\)$/, "");
              const section = [...document.querySelectorAll("#panel section")].find((each) =>
                each.querySelector("h3") && clean(each.querySelector("h3").textContent) === title);
              const text = (item, part) => {
                const found = part ? item.querySelector(`:scope ${part}`) : item;
                return found ? found.textContent.trim() : "";
              };
              return section ? [...section.querySelectorAll("li")].map((item) =>
                parts.map((part) => text(item, part))) : [];
            }""",
            [title, part.split(", ")],
        )
        return found

    @property
    def heading(self) -> str:
        """The title of the panel."""
        return self.tab.locator("#panel h2").first.text_content() or ""

    def texts(self) -> set[str]:
        """Every text and label of the interface, open or folded, in pieces."""
        return set(
            self.tab.evaluate(
                """() => {
                  const found = [document.title];
                  const walk = document.createTreeWalker(document.getElementById("page"), 5);
                  for (let at = walk.nextNode(); at; at = walk.nextNode()) {
                    if (at.nodeType === 3) found.push(at.data);
                    else ["aria-label", "title", "placeholder"].forEach((name) =>
                      found.push(at.getAttribute(name) || ""));
                  }
                  return found.flatMap((text) => [text, ...text.split(/ · |, | ?: | \\(/)])
                    .map((text) => text.replace(/[()]/g, "").trim()).filter(Boolean);
                }"""
            )
        )


_contexts: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()


def _context(browser: Browser, options: dict[str, Any]) -> BrowserContext:
    """The context with these options, which an empty tab keeps warm: a map opens in half the time."""
    known = _contexts.setdefault(browser, {})
    key = json.dumps(options, sort_keys=True)
    if key not in known:
        known[key] = browser.new_context(**options)
        known[key].new_page()
    return known[key]


KEPT = "[localStorage.length, sessionStorage.length, document.cookie]"


@contextmanager
def open_map(
    browser: Browser, path: Path, fragment: str = "", *, start: str = "", **context: Any
) -> Iterator[OpenMap]:
    """A map in a new tab without network; whatever it asked for or complained about is an error.

    So is whatever it leaves in the browser: tabs share a context, and each begins with nothing.
    """
    options: dict[str, Any] = {
        "offline": True,
        "viewport": {"width": 1400, "height": 900},
        "reduced_motion": "reduce",
        **context,
    }
    tab = _context(browser, options).new_page()
    try:
        if start:
            tab.add_init_script(start)
        found = OpenMap(tab, path)
        found.open(fragment)
        yield found
        assert found.complaints == []
        assert tab.evaluate(KEPT) == [0, 0, ""]
        assert {url.partition("#")[0] for url in found.requests} - {"data:,"} == {path.as_uri()}
    finally:
        tab.close()


PAYLOADS = (
    "<script>window.__xss++</script>",
    "</script><script>window.__xss++</script>",
    "</SCRIPT ><SCRIPT>window.__xss++</SCRIPT>",
    "<scr<script>ipt>window.__xss++</scr</script>ipt>",
    "<script src=data:text/javascript,window.__xss++></script>",
    "<script type=module>window.__xss++</script>",
    "</title><script>window.__xss++</script>",
    "</style><script>window.__xss++</script>",
    "</noscript><script>window.__xss++</script>",
    "</textarea><script>window.__xss++</script>",
    "--><script>window.__xss++</script>",
    "<!--<script>",
    "<!-- <script> -->",
    "]]><script>window.__xss++</script>",
    "<img src=x onerror=window.__xss++>",
    "<img src=x:x onerror='window.__xss++'>",
    "<IMG SRC=\"javascript:window.__xss++\">",
    "\"><img src=x onerror=window.__xss++>",
    "'><img src=x onerror=window.__xss++>",
    "`><img src=x onerror=window.__xss++>",
    "<img/src=x/onerror=window.__xss++>",
    "<img src=x onerror\n=\nwindow.__xss++>",
    "\" onmouseover=\"window.__xss++\" x=\"",
    "' onmouseover='window.__xss++' x='",
    "\" autofocus onfocus=window.__xss++ x=\"",
    "<svg onload=window.__xss++>",
    "<svg/onload=window.__xss++>",
    "<svg><script>window.__xss++</script></svg>",
    "<svg><animate onbegin=window.__xss++ attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:window.__xss++><text y=20>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=window.__xss++>#x'/></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>parent.__xss++</script>'></foreignObject></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.__xss++>",
    "<iframe src=javascript:parent.__xss++></iframe>",
    "<iframe srcdoc='<script>parent.__xss++</script>'></iframe>",
    "<object data=javascript:window.__xss++></object>",
    "<embed src=javascript:window.__xss++>",
    "<body onload=window.__xss++>",
    "<details open ontoggle=window.__xss++>x</details>",
    "<video><source onerror=window.__xss++></video>",
    "<audio src=x onerror=window.__xss++>",
    "<input autofocus onfocus=window.__xss++>",
    "<marquee onstart=window.__xss++>x</marquee>",
    "<form action=javascript:window.__xss++><button>x</button></form>",
    "<base href=//attacker.invalid/>",
    "<meta http-equiv=refresh content='0;url=javascript:window.__xss++'>",
    "<link rel=stylesheet href=//attacker.invalid/x.css>",
    "<style>@import '//attacker.invalid/x.css';</style>",
    "<style>*{background:url(//attacker.invalid/x)}</style>",
    "<div style=\"width:expression(window.__xss++)\">",
    "x;background:url(//attacker.invalid/x)",
    "<a href=javascript:window.__xss++>x</a>",
    "javascript:window.__xss++",
    "JaVaScRiPt:window.__xss++",
    " javascript:window.__xss++",
    "java\tscript:window.__xss++",
    "javascript://example.org/%0Awindow.__xss++",
    "data:text/html,<script>window.__xss++</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "blob:null/x",
    "https://example.org/\"onmouseover=\"window.__xss++",
    "https://example.org/'><script>window.__xss++</script>",
    "{{7*7}}",
    "{% for x in y %}",
    "{{ self.__init__.__globals__ }}",
    "${window.__xss++}",
    "{0}{actor}{count}{name!r}",
    "%s%(name)s%n",
    "\u2028window.__xss++\u2029",
    "\\u003cscript>window.__xss++\\u003c/script>",
    "\\\"};window.__xss++;//",
    "'-window.__xss++-'",
    "\");window.__xss++;(\"",
    "&lt;script&gt;window.__xss++&lt;/script&gt;",
    "&#60;img src=x onerror=window.__xss++&#62;",
    "&quot;&gt;&lt;img src=x onerror=window.__xss++&gt;",
    "%3Cscript%3Ewindow.__xss++%3C/script%3E",
    "\u202e<script>window.__xss++</script>\u202c",
    "\ufeff\u200b<img src=x onerror=window.__xss++>",
    "\uff1cscript\uff1ewindow.__xss++\uff1c/script\uff1e",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "null",
)  # fmt: skip
"""Texts that would run, load or break something on a page that takes them for anything but text."""
