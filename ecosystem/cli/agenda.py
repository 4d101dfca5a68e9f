"""`agenda`: whom to see about what, what to find out, what to watch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.options import (
    asked,
    audience_options,
    copied,
    say,
    source_argument,
    tables_of,
    territory_option,
)
from ecosystem.cli.output import emit, emit_text, result_options
from ecosystem.files import Form
from ecosystem.vocabulary import Label, Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecosystem.agenda import Agenda, Conversation, Sheet
    from ecosystem.audience import Copy
    from ecosystem.report.blocks import Block
    from ecosystem.study import Study
    from ecosystem.tables.frames import Tables

MEETING = ("who", "what", "brings", "hard", "helps", "propose")
"""The parts of a conversation on the page for one actor, which has the questions together."""

LISTS = ("bring-about", "find-out", "watch")
"""The lists that help shows without importing what they stand for; a test keeps them equal."""


@click.command(
    cls=Command,
    words=Label(
        "Les conversations à avoir : qui réunir, sur quoi, pourquoi, ce qui s'y oppose, que proposer ; puis ce "
        "qu'il faut savoir et à qui le demander, et ce qu'il faut surveiller.",
        "The conversations to have: whom to bring together, about what, why, what stands in the way, what to "
        "propose; then what is to be found out and from whom, and what is to be watched.",
    ),
    example="ecosystem agenda --territory la-rochelle --list bring-about",
)
@source_argument
@territory_option
@option(
    "-a", "--actor", metavar="ID",
    words=Label("La page à emporter chez un acteur (identifiant ou nom).", "The page to take to a meeting with one actor (id or name)."),
)  # fmt: skip
@option(
    "--with", "together", metavar="ID,ID",
    words=Label("Seulement les conversations où sont tous ces acteurs.", "Only the conversations that all these actors are in."),
)  # fmt: skip
@option(
    "--list", "agenda_list", type=click.Choice(LISTS),
    words=Label("Une liste : à faire advenir, à savoir, à surveiller.", "One list: to bring about, to find out, to watch."),
)  # fmt: skip
@option(
    "--theme",
    metavar="THEME",
    words=Label("Thème des jeux, par exemple ENER.", "Theme of the datasets, for example ENER."),
)
@option(
    "--why", metavar="ID",
    words=Label("Tout d'une conversation, ou de celle qui traite un constat : ses constats, ses lignes, ses sources.",
                "All about one conversation, or the one that treats a finding: its findings, rows, sources."),
)  # fmt: skip
@option(
    "--why-not", metavar="FINDING",
    words=Label("Pourquoi un constat n'est pas à l'ordre du jour ; ? : tous ceux qui n'y sont pas.",
                "Why a finding is not on the agenda; ?: all that are not."),
)  # fmt: skip
@option(
    "--services", is_flag=True,
    words=Label("Les services à prototyper : leurs données, ce qui arrive, ce qui les compléterait.",
                "The services to prototype: their data, what arrives, what would complete them."),
)  # fmt: skip
@audience_options
@result_options
@language_option
@click.pass_context
def agenda(
    ctx: click.Context,
    source: str | None,
    territory: str | None,
    actor: str | None,
    together: str | None,
    agenda_list: str | None,
    theme: str | None,
    why: str | None,
    why_not: str | None,
    services: bool,
    form: Form,
    output: Path | None,
) -> None:
    """Print the conversations, and how many findings are on no list on stderr."""
    answers = {
        "--actor": actor, "--why": why, "--why-not": why_not, "--services": services or None,
    }  # fmt: skip
    narrowing = {"--with": together, "--list": agenda_list, "--theme": theme}
    _one_of(ctx, answers)
    _given(ctx, {"--actor": actor, "--with": together, "--theme": theme})
    if actor is None:  # its page can be narrowed down too
        for name, value in narrowing.items():
            _one_of(ctx, {**answers, name: value})
    from ecosystem.study import Study

    language = language_of(ctx)
    tables = tables_of(source)
    copy = copied(tables, output)
    study = Study(copy, territory)
    if why_not is not None:
        _why_not(study, why_not, form, output, language)
    elif services:
        _services(study, form, output, language)
    else:
        found = _found(study, actor, together, agenda_list, theme, why)
        if form == "table":
            sheet = study.sheet(actor) if actor else None
            emit_text(_text(study, found, sheet, language, why=why is not None), output)
        else:
            _emit(found, form, output, language)
        if why is None and actor is None:
            _counts(study.agenda, found)
    _hidden(copy, tables, territory)


def _one_of(ctx: click.Context, given: Mapping[str, object]) -> None:
    """Refuse options that each ask for another answer."""
    named = [name for name, value in given.items() if value is not None]
    if len(named) > 1:
        words = Label(
            f"{' et '.join(named)} ne vont pas ensemble",
            f"{' and '.join(named)} do not go together",
        )
        raise click.UsageError(words.to(language_of(ctx)))


def _given(ctx: click.Context, given: dict[str, str | None]) -> None:
    """Refuse an option that is given and says nothing."""
    for name, value in given.items():
        if value is not None and not value.replace(",", "").strip():
            words = Label(f"{name} ne dit rien : '{value}'", f"{name} says nothing: '{value}'")
            raise click.UsageError(words.to(language_of(ctx)))


def _found(
    study: Study, actor: str | None, together: str | None, agenda_list: str | None, theme: str | None,
    why: str | None,
) -> list[Conversation]:  # fmt: skip
    if why is not None:
        return [study.agenda.named(why)]
    from ecosystem.agenda import actor_named

    ends = [
        actor_named(study.lookups, name.strip())
        for name in (together or "").split(",")
        if name.strip()
    ]
    found = study.agenda.selected(study.lookups, agenda=agenda_list, theme=theme, actors=ends)
    own = {c.id for c in study.sheet(actor).conversations} if actor else None
    return [c for c in found if own is None or c.id in own]


def _text(
    study: Study,
    found: Sequence[Conversation],
    sheet: Sheet | None,
    language: Language,
    *,
    why: bool,
) -> str:
    """Conversations list by list, each as a block; before them what an actor gives, gets and needs."""
    from ecosystem.agenda import HEADINGS, LISTS
    from ecosystem.report.blocks import as_blocks, headed

    french = language == "fr"
    blocks: list[Block] = []
    if sheet is not None:
        parts = [
            (headed(HEADINGS[name].to(language), french), [line.to(language) for line in lines])
            for name, lines in sheet.parts.items()
        ]
        blocks.append((sheet.title.to(language), parts))
    shown = MEETING if sheet is not None else None
    number = 0
    for name, label in LISTS.items():
        of = [c for c in found if c.agenda == name]
        if of:
            title = label.to(language).upper()
            blocks.append((f"{title} ({len(of)})", []))
        for conversation in of:
            number += 1
            blocks.append(_block(study, conversation, number, language, why=why, shown=shown))
    if not found:
        nothing = Label("Aucune conversation.", "No conversation.")
        blocks.append((nothing.to(language), []))
    return as_blocks(blocks)


def _block(
    study: Study, conversation: Conversation, number: int, language: Language, *, why: bool,
    shown: tuple[str, ...] | None = None,
) -> Block:  # fmt: skip
    """A conversation, or only some parts of it; with `why`, its rows, sources and findings too."""
    from ecosystem.agenda import PARTS
    from ecosystem.report.blocks import headed

    french = language == "fr"
    parts = [
        (headed(PARTS[part.name].to(language), french), [line.to(language) for line in part.lines])
        for part in conversation.parts
        if (part.name in shown if shown else why or part.name != "rows")
    ]
    if why:
        by_id = {f.id: f for f in study.findings}
        told = [f"{by_id[name].sentence.to(language)} [{name}]" for name in conversation.findings]
        treats = Label("Constats que cela traite", "Findings that this treats").to(language)
        parts.append((headed(treats, french), told or ["-"]))
    parts.append((headed("--why", french), [conversation.id]))
    return f"{number}. {conversation.title.to(language)}", parts


def _emit(
    found: Sequence[Conversation], form: Form, output: Path | None, language: Language
) -> None:
    """Conversations as a table: with words for people, with names of columns for programs."""
    from ecosystem.agenda import KINDS, LISTS, PARTS, conversations_frame
    from ecosystem.cli.output import FOR_PEOPLE

    frame = conversations_frame(found, language)
    if form in FOR_PEOPLE:
        frame["list"] = [LISTS[c.agenda].to(language) for c in found]
        frame["kind"] = [KINDS[c.kind].label.to(language) for c in found]
    titles = {
        "id": Label("identifiant", "id"),
        "list": Label("liste", "list"),
        "kind": Label("sorte", "kind"),
        "title": Label("conversation", "conversation"),
        **PARTS,
        "needs_met": Label("besoins couverts", "needs met"),
        "services_completed": Label("services complétés", "services completed"),
        "actors_reached": Label("acteurs atteints", "actors reached"),
        "dependence_removed": Label("dépendances levées", "dependence removed"),
        "datasets_opened": Label("jeux ouverts", "datasets opened"),
        "hurdles": Label("ce qui s'y oppose (nombre)", "what stands in the way (count)"),
        "actors": Label("acteurs", "actors"),
        "datasets": Label("jeux de données", "datasets"),
        "flows": Label("flux", "flows"),
        "findings": Label("constats", "findings"),
        "evidence": Label("preuves", "evidence"),
        "sources": Label("sources", "sources"),
    }
    emit(frame, form, output, sheet=Label("conversations", "conversations"), titles=titles)


def _why_not(study: Study, name: str, form: Form, output: Path | None, language: Language) -> None:
    """Why a finding is not on the agenda, or where it is treated; of all with `?`."""
    import pandas as pd

    from ecosystem.agenda import LEFT_OUT

    told = study.agenda
    if name == "?":
        rows = [(f, LEFT_OUT[why].to(language)) for f, why in sorted(told.left_out.items())]
    else:
        rows = [(name, told.why_not(name).to(language))]
    frame = pd.DataFrame(rows, columns=["finding", "why"])
    titles = {"finding": Label("constat", "finding"), "why": Label("pourquoi", "why")}
    emit(frame, form, output, sheet=Label("hors liste", "left out"), titles=titles)


def _services(study: Study, form: Form, output: Path | None, language: Language) -> None:
    """The services to prototype."""
    from ecosystem.agenda import PARTS, prototypes_frame
    from ecosystem.report.blocks import as_blocks, headed

    found = study.prototypes
    if form != "table":
        emit(
            prototypes_frame(found, language), form, output, sheet=Label("prototypes", "prototypes")
        )
        return
    blocks: list[Block] = [
        (
            f"{n}. {p.title.to(language)}",
            [(headed(PARTS[part.name].to(language), language == "fr"),
              [line.to(language) for line in part.lines]) for part in p.parts],
        )
        for n, p in enumerate(found, 1)
    ]  # fmt: skip
    none = Label("Aucun service à prototyper.", "No service to prototype.")
    emit_text(as_blocks(blocks or [(none.to(language), [])]), output)


def _counts(told: Agenda, found: Sequence[Conversation]) -> None:
    """How many conversations of how many, and how many findings are on no list."""
    count, every, left = len(found), len(told), len(told.left_out)
    say(
        Label(
            f"conversations : {count} sur {every} ; constats hors liste : {left} (--why-not ?)",
            f"conversations: {count} of {every}; findings on no list: {left} (--why-not ?)",
        )
    )


def _hidden(copy: Copy, tables: Tables, territory: str | None) -> None:
    """How many conversations the complete tables have and this copy must not show: said to its maker."""
    if asked().audience == "internal":
        return
    from ecosystem.audience import redact
    from ecosystem.study import Study

    gone = {(r.table, r.row) for r in copy.removed if r.column is None}
    whole = Study(redact(tables, "internal"), territory).agenda
    count = sum(not gone.isdisjoint(c.evidence) for c in whole)
    say(
        Label(
            f"conversations que cet exemplaire ne montre pas : {count}",
            f"conversations that this copy does not show: {count}",
        )
    )
