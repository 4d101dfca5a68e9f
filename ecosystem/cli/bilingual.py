"""Click in two languages: commands, groups and options whose help is a `Label`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import click

from ecosystem.labels import LANGUAGES, Label, Language

_LANGUAGE = "ecosystem.language"
_spoken: ContextVar[Language] = ContextVar("spoken", default="en")
"""The language of the run that parses its arguments, for what click says by itself."""
_ASKED = "ecosystem.language.asked"


def language_of(ctx: click.Context | None = None) -> Language:
    """The language of a run: `--lang`, else `ECOSYSTEM_LANG`, else the locale, else English."""
    chosen = (ctx.meta.get(_LANGUAGE) or ctx.meta.get(_ASKED)) if ctx else None
    for words in (chosen, os.environ.get("ECOSYSTEM_LANG"), _locale()):
        if words:
            return "fr" if words.lower().startswith("fr") else "en"
    return "en"


def _locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    import locale

    return locale.getlocale()[0] or ""


def _remember(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        ctx.meta[_LANGUAGE] = value


class _Worded(click.Command):
    """A command whose help is in both languages and ends with an example."""

    def __init__(self, *args: Any, words: Label, example: str | None = None, **more: Any) -> None:
        super().__init__(*args, **{**more, "help": words.en})
        self.words = words
        self.example = example
        self.context_settings = {"help_option_names": ["-h", "--help"], **self.context_settings}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Look for `--lang` before anything answers: `-h --lang fr` helps in French."""
        for word, value in zip(args, [*args, ""][1:], strict=True):
            found = value if word == "--lang" else word.removeprefix("--lang=")
            if word.startswith("--lang") and found in LANGUAGES:
                ctx.meta[_ASKED] = found
        _spoken.set(language_of(ctx))
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`-h`, in the language of the run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = Label("Montre cette aide.", "Show this help.").to(language_of(ctx))
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help in the language of the run."""
        self.help = self.words.to(language_of(ctx))
        super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """An example to end with."""
        if self.example:
            word = Label("Exemple", "Example").to(language_of(ctx))
            with formatter.section(word):
                formatter.write_text(self.example)

    def get_short_help_str(self, limit: int = 100) -> str:
        """One line of help in the language of the run."""
        self.help = self.words.to(language_of(click.get_current_context(silent=True)))
        return super().get_short_help_str(max(limit, 100))


class Command(_Worded):
    """A command in two languages."""


class Group(_Worded, click.Group):
    """A group of commands in two languages."""

    command_class = Command


class Option(click.Option):
    """An option whose help is in both languages."""

    def __init__(self, *args: Any, words: Label, **more: Any) -> None:
        super().__init__(*args, **{**more, "help": words.en})
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's help in the language of the run."""
        self.help = self.words.to(language_of(ctx))
        return super().get_help_record(ctx)


def option(*args: Any, words: Label, **more: Any) -> Callable[[Any], Any]:
    """`click.option` with help in both languages."""
    return click.option(*args, cls=Option, words=words, **more)


language_option = option(
    "--lang", "language", type=click.Choice(LANGUAGES), is_eager=True, expose_value=False,
    callback=_remember, words=Label("Langue : français ou anglais.", "Language: French or English."),
)  # fmt: skip


def _said(message: str) -> str:
    """What click says by itself, in the language of the run."""
    if _spoken.get() == "en":
        return message
    from ecosystem.cli.click_french import MESSAGES

    return MESSAGES.get(message, message)


def _counted(one: str, many: str, count: int) -> str:
    return _said(one if count == 1 else many)


@contextmanager
def click_in_two_languages() -> Iterator[None]:
    """For the time of a run, let click say by itself what it says in the language of the run.

    click asks gettext for its words but brings no French: each of its modules has two names for
    it, which are given back after.
    """
    ours = {"_": _said, "ngettext": _counted}
    modules = (click.core, click.exceptions, click.types, click.parser, click.termui)
    theirs = [
        (module, name, getattr(module, name))
        for module in modules
        for name in ours
        if hasattr(module, name)
    ]
    for module, name, _ in theirs:
        setattr(module, name, ours[name])
    try:
        yield
    finally:
        for module, name, function in theirs:
            setattr(module, name, function)
