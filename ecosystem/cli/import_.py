"""`import`: anybody's files to tables, with a report of what was repaired and questions for the rest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.options import say
from ecosystem.labels import Label, Language, counted, printed

if TYPE_CHECKING:
    from ecosystem.intake.answers import Answers, Question
    from ecosystem.intake.importing import Imported

_QUESTIONS = (
    Label("question ouverte", "open question"),
    Label("questions ouvertes", "open questions"),
)
_REPAIRS = (
    Label("ligne de rapport", "line of report"),
    Label("lignes de rapport", "lines of report"),
)


@click.command(
    "import",
    cls=Command,
    words=Label(
        "Lit vos fichiers tels qu'ils sont (Excel, CSV, Kumu, Gephi, catalogue …) et en fait un dossier de tables.",
        "Read your files as they are (Excel, CSV, Kumu, Gephi, catalogue …) and make a folder of tables of them.",
    ),
    example="ecosystem import survey.xlsx -o my-territory",
)
@click.argument("what", nargs=-1, required=True)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    words=Label(
        "Le dossier à écrire ; sans lui, rien n'est écrit.",
        "The folder to write; without it nothing is written.",
    ),
)
@option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    words=Label(
        "Les réponses d'une autre fois ; sans elle, le mapping.toml du dossier à écrire.",
        "The answers of another time; without it, the mapping.toml of the folder to write.",
    ),
)
@option(
    "--yes",
    is_flag=True,
    words=Label(
        "Prend la réponse proposée à chaque question.", "Take the proposed answer to each question."
    ),
)
@option(
    "--replace",
    is_flag=True,
    words=Label(
        "Remplace les tables que le dossier contient.", "Replace the tables that the folder holds."
    ),
)
@language_option
@click.pass_context
def import_(
    ctx: click.Context, what: tuple[str, ...], output: Path | None, mapping: Path | None, yes: bool,
    replace: bool,
) -> None:  # fmt: skip
    """Read, tell, ask, write; exit 1 while a question is open or a table has an error."""
    from ecosystem.errors import DataError
    from ecosystem.formats.opening import KEPT
    from ecosystem.intake.answers import read_answers
    from ecosystem.intake.result import write_result
    from ecosystem.intake.told import report_lines
    from ecosystem.tables.checks import check

    language = language_of(ctx)
    kept = mapping or (output / KEPT if output is not None else None)
    if mapping is not None and not mapping.exists():
        raise DataError(Label(f"il n'y a pas de {mapping}", f"there is no {mapping}"))
    imported = _answered(what, read_answers(kept) if kept else None, yes, language)
    for line in report_lines(imported.repairs, language):
        click.echo(line)
    # While it is open who is meant, that there is nobody yet is no error of the file.
    problems = [p for p in check(imported.tables) if not (imported.open and p.code == "no-rows")]
    for problem in problems:
        if imported.open and (problem.severity == "warning" or problem.code == "unknown-code"):
            continue  # of tables as they may not come to be, or asked about below
        color = "red" if problem.severity == "error" else "yellow"
        click.echo(click.style(printed(problem.to(language)), fg=color))
    _tell_size(imported)
    if imported.open:
        click.echo()
        for question in imported.open:
            click.echo(f"? {printed(question.to(language))}")
    errors = [problem for problem in problems if problem.severity == "error"]
    if output is not None and not (errors and not imported.open):
        for path in write_result(imported, output, language, over=replace):
            say(Label(f"écrit : {path}", f"written: {path}"))
    _tell_what_next(imported, output, len(errors))
    ctx.exit(1 if imported.open or errors else 0)


_ROUNDS = 50
_OTHER = "\0"  # the choice of an answer that is none of the choices


def _answered(
    what: tuple[str, ...], answers: Answers | None, yes: bool, language: Language
) -> Imported:
    """Import, and ask on the terminal until nothing is open; a question may follow from an answer."""
    from ecosystem.intake.importing import import_files

    imported = import_files(what, answers)
    asks = sys.stdin.isatty() and sys.stderr.isatty() and sys.stdout.isatty()
    rounds = 0  # an answer may raise a question, which may raise another: not for ever
    while imported.open and (yes or asks) and (rounds := rounds + 1) <= _ROUNDS:
        given = imported.answers
        for question in imported.open:
            answer = question.proposed if yes else _ask(question, language)
            if answer is None and not yes:
                return imported
            if answer is not None:
                given = given.with_(question.key, answer)
        if given.given == imported.answers.given:
            break
        imported = import_files(what, given)
    return imported


def _ask(question: Question, language: Language) -> str | None:
    """The answer of a person at the terminal; None if there is none."""
    import questionary

    words = printed(question.words.to(language))
    later = Label("plus tard", "later").to(language)
    choices = [
        questionary.Choice(
            f"{name} ({words.to(language)})" if words.to(language) != name else name, value=name
        )
        for name, words in question.choices.items()
    ]
    other = Label("une autre réponse", "another answer").to(language)
    more = [questionary.Choice(other, value=_OTHER)] if question.free else []
    chosen: str | None = _OTHER
    if choices:
        chosen = questionary.select(
            words,
            choices=[*choices, *more, questionary.Choice(later, value="")],
            default=question.proposed if question.proposed in question.choices else None,
        ).ask()
    if chosen == _OTHER:
        chosen = questionary.text(words).ask()
    return chosen.strip() or None if chosen else None


def _tell_size(imported: Imported) -> None:
    from ecosystem.schema import TABLES

    sizes = [
        (TABLES[name].label, len(frame)) for name, frame in imported.tables.items() if len(frame)
    ]
    say(Label(
        ", ".join(f"{label.fr.lower()} : {count}" for label, count in sizes),
        ", ".join(f"{label.en.lower()}: {count}" for label, count in sizes),
    ))  # fmt: skip
    lines = sum(len(repair.rows) or 1 for repair in imported.repairs)
    say(Label("{lines}, {open}", "{lines}, {open}").format(
        lines=counted(lines, _REPAIRS), open=counted(len(imported.open), _QUESTIONS)))  # fmt: skip


def _tell_what_next(imported: Imported, output: Path | None, errors: int) -> None:
    from ecosystem.formats.opening import KEPT

    if imported.open and output is not None:
        path = output / KEPT
        proposed = all(question.proposed is not None for question in imported.open)
        fr, en = (", ou ajoutez --yes", ", or add --yes") if proposed else ("", "")
        say(Label(
            f"aucune table n'est écrite tant qu'une question est ouverte : répondez dans {path} et relancez la commande{fr}",
            f"no table is written while a question is open: answer in {path} and run the command again{en}",
        ))  # fmt: skip
    elif imported.open:
        say(Label("rien n'est écrit ; -o DOSSIER y met les questions à répondre, --yes prend les réponses proposées",
                  "nothing is written; -o FOLDER puts the questions to be answered there, --yes takes the proposed answers"))  # fmt: skip
    elif errors:
        say(Label("rien n'est écrit : corrigez ces erreurs dans le fichier et relancez la commande",
                  "nothing is written: mend these errors in the file and run the command again"))  # fmt: skip
    elif output is None:
        say(
            Label(
                "rien n'est écrit ; -o DOSSIER écrit les tables",
                "nothing is written; -o FOLDER writes the tables",
            )
        )
    else:
        say(
            Label(
                f"ensuite : ecosystem run {output} -o resultats",
                f"next: ecosystem run {output} -o results",
            )
        )
