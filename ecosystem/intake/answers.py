"""What only a person can decide: questions, their answers, and the file that keeps them.

`mapping.toml` holds one table a question. An answer is kept by what was asked and not by where it
stood, so that next year's file of the same people is read without a question.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ecosystem.errors import DataError
from ecosystem.formats.opening import KEPT
from ecosystem.labels import Label, Language
from ecosystem.tables.repairs import Place

NEW = "new"
"""The answer that a name is of somebody or something that no table has yet."""

LEFT = "leave out"
"""The answer that a column, a row or a value is not to be read."""


class Key(NamedTuple):
    """What an answer answers: the kind of question, the field, the value."""

    about: str
    field: str
    value: str


@dataclass(frozen=True)
class Question:
    """One question, for all the cells that raise it.

    Attributes
    ----------
    choices
        What may be answered, and what each answer means.
    proposed
        The likeliest answer; None where there is nothing to propose.
    """

    key: Key
    words: Label
    choices: dict[str, Label]
    proposed: str | None = None
    place: Place | None = None
    rows: tuple[int, ...] = ()
    free: bool = field(default=False, compare=False)
    """Whether other answers than the choices are taken."""

    def to(self, language: Language) -> str:
        """The question, where it stands, and what may be answered."""
        may = ", ".join(
            f"{name} ({words.to(language)})" if words.to(language) != name else name
            for name, words in list(self.choices.items())[:16]
        )
        free = Label("en toutes lettres", "in your own words").to(language)
        return f"{self.words.to(language)}\n    {may or free}"


class Answers:
    """Answers by what was asked.

    Parameters
    ----------
    given
        Answers as they were read from `origin`.
    """

    def __init__(self, given: Mapping[Key, str] | None = None, origin: str = KEPT) -> None:
        self.given = dict(given or {})
        self.origin = origin

    def of(self, question: Question) -> str | None:
        """The answer to a question; None if there is none yet.

        Raises
        ------
        DataError
            If the answer is none of the choices.
        """
        answer = self.given.get(question.key, "")
        if answer == "":
            return None
        if answer in question.choices or question.free:
            return answer
        may = ", ".join(question.choices)
        raise DataError(
            Label(f"{self.origin} : « {answer} » ne répond pas à : {question.words.fr}",
                  f"{self.origin}: '{answer}' is no answer to: {question.words.en}"),
            Label(f"répondez par : {may}", f"answer with one of: {may}"),
        )  # fmt: skip

    def with_(self, key: Key, answer: str) -> Answers:
        """The same with one answer more."""
        return Answers({**self.given, key: answer}, self.origin)


def read_answers(path: Path) -> Answers:
    """The answers that a file keeps; none if there is no file.

    Raises
    ------
    DataError
        If the file is not what `import` wrote and a person edited.
    """
    try:
        if not path.exists():
            return Answers(origin=str(path))
    except OSError:  # the folder cannot be entered, which is told when it is read
        return Answers(origin=str(path))
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            Label(f"{path} ne peut pas être lu ({error})", f"{path} cannot be read ({error})"),
            Label("une réponse s'écrit entre guillemets : answer = \"wished\"",
                  'an answer is written in quotes: answer = "wished"'),
        ) from error  # fmt: skip
    given: dict[Key, str] = {}
    asked = held.get("question", [])
    for number, table in enumerate(asked if isinstance(asked, list) else [asked], 1):
        values = [
            table.get(n, "") if isinstance(table, dict) else None
            for n in ("about", "field", "value", "answer")
        ]
        if not all(isinstance(value, str) for value in values) or not values[0]:
            raise DataError(
                Label(f"{path} : la question {number} n'a pas la forme attendue",
                      f"{path}: question {number} is not of the form that is read"),
                Label("chaque [[question]] garde about, field et value, et une réponse : answer = \"…\"",
                      'each [[question]] keeps about, field and value, and an answer: answer = "…"'),
            )  # fmt: skip
        about, name, value, answer = (str(v) for v in values)
        key = Key(about, name, value)
        if given.get(key, answer) != answer:
            raise DataError(
                Label(f"{path} : deux réponses à « {value} » ({name}) : {given[key]}, {answer}",
                      f"{path}: two answers to '{value}' ({name}): {given[key]}, {answer}"),
                Label("gardez-en une", "keep one"),
            )  # fmt: skip
        given[key] = answer
    return Answers(given, str(path))


def answers_text(questions: Iterable[Question], answers: Answers, language: Language) -> str:
    """The file that keeps questions and answers: the open ones first, then those that were answered.

    The answers that nothing asked for this time are kept too: another file may.
    """
    import tomlkit

    document = tomlkit.document()
    for line in _HEAD.to(language).split("\n"):
        document.add(tomlkit.comment(line))
    tables = tomlkit.aot()
    unasked = dict(answers.given)
    for question in sorted(questions, key=lambda q: (q.key in answers.given, q.key)):
        table = tomlkit.table()
        answer = unasked.pop(question.key, "")
        for line in question.words.to(language).split("\n"):
            table.add(tomlkit.comment(_printable(line)))
        for name, words in list(question.choices.items())[:20]:
            meaning = words.to(language)
            table.add(
                tomlkit.comment(
                    _printable(f"  {name}" + (f" : {meaning}" if meaning != name else ""))
                )
            )
        for name, value in zip(Key._fields, question.key, strict=True):
            table.add(name, value)
        if question.proposed is not None:
            table.add("proposed", question.proposed)
        table.add("answer", answer)
        tables.append(table)
    for key in sorted(unasked):
        table = tomlkit.table()
        for name, value in zip(Key._fields, key, strict=True):
            table.add(name, value)
        table.add("answer", unasked[key])
        tables.append(table)
    if len(tables):
        document.append("question", tables)
    return tomlkit.dumps(document)


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line)


_HEAD = Label(
    "Ce que l'import a demandé, et ce qui a été répondu.\n"
    "Écrivez chaque réponse dans answer = \"…\" (« proposed » est la plus probable), puis relancez\n"
    "la même commande : l'an prochain, le même fichier entrera sans question.",
    "What the import asked, and what was answered.\n"
    "Write each answer in answer = \"…\" ('proposed' is the likeliest), then run the same command\n"
    "again: next year's file will go in without a question.",
)  # fmt: skip
