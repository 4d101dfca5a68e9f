"""Scenarios as small TOML files that can be shared.

::

    title.fr = "Sans l'agglomération"
    title.en = "Without the agglomeration"
    territory = "la-rochelle"       # where effects are measured; absent: everywhere

    [[step]]
    do = "remove-actor"             # an action of `ecosystem.scenarios.registry`
    actor = "ca-la-rochelle"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecosystem.errors import DataError, UnknownName
from ecosystem.files import shipped
from ecosystem.vocabulary import Label

_KEYS = {"title": (dict, str), "territory": (str,), "step": (list,)}


@dataclass(frozen=True)
class Step:
    """One change: the action, and its values by key.

    Attributes
    ----------
    place
        Where it is written: the file and the number of the step.
    """

    do: str
    values: Mapping[str, Any]
    place: Label


@dataclass(frozen=True)
class Scenario:
    """Changes in order, and where to measure what they do.

    Attributes
    ----------
    folder
        Where the files that it names are.
    """

    title: Label
    steps: tuple[Step, ...]
    territory: str | None = None
    name: str = ""
    folder: Path = Path()


def shipped_scenarios() -> list[str]:
    """The names of the example scenarios that travel with the data."""
    return sorted(path.stem for path in (shipped("data") / "scenarios").glob("*.toml"))


def read_scenario(source: str | Path) -> Scenario:
    """Read a scenario from a TOML file, or an example by its name.

    Raises
    ------
    UnknownName
        If there is neither such a file nor such an example.
    DataError
        If the file cannot be read or is not a scenario; every fault of form is told at once.
    """
    path = Path(source)
    if not path.exists() and str(source) in shipped_scenarios():
        path = shipped("data") / "scenarios" / f"{source}.toml"
    if not path.exists() and path.suffix != ".toml" and len(path.parts) == 1:
        raise UnknownName(Label("scénario", "scenario"), str(source), shipped_scenarios())
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _refused(
            path,
            Label(f"ne peut pas être lu ({error.strerror})", f"cannot be read ({error.strerror})"),
            Label(
                "donnez un fichier TOML ou un exemple : " + ", ".join(shipped_scenarios()),
                "give a TOML file or an example: " + ", ".join(shipped_scenarios()),
            ),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refused(
            path,
            Label(f"n'est pas du TOML en UTF-8 ({error})", f"is not TOML in UTF-8 ({error})"),
            Label(
                "corrigez à cet endroit : https://toml.io/fr", "mend it there: https://toml.io/en"
            ),
        ) from error
    return _scenario(path, given)


def _refused(path: Path, what: Label, hint: Label) -> DataError:
    return DataError(Label(f"{path.name} : {what.fr}", f"{path.name}: {what.en}"), hint)


def _scenario(path: Path, given: dict[str, Any]) -> Scenario:
    """A scenario from what the file says, once its form is right."""
    faults: list[Label] = []
    for key, value in given.items():
        if key not in _KEYS:
            faults.append(Label(f"{key} : clé inconnue", f"{key}: unknown key"))
        elif not isinstance(value, _KEYS[key]):
            faults.append(Label(f"{key} : valeur d'un autre type", f"{key}: value of another type"))
    listed = given.get("step", [])
    steps = []
    for number, values in enumerate(listed if isinstance(listed, list) else [], start=1):
        place = Label(f"{path.name} : étape {number}", f"{path.name}: step {number}")
        if not isinstance(values, dict) or not isinstance(values.get("do"), str):
            faults.append(
                Label(f"étape {number} : il manque « do »", f"step {number}: 'do' is missing")
            )
            continue
        steps.append(Step(values["do"], {k: v for k, v in values.items() if k != "do"}, place))
    title = given.get("title", path.stem)
    if isinstance(title, dict):
        words = [str(title.get(language, path.stem)) for language in ("fr", "en")]
    else:
        words = [str(title)] * 2
    if faults:
        raise _refused(
            path,
            Label("; ".join(f.fr for f in faults), "; ".join(f.en for f in faults)),
            Label("clés : title, territory, [[step]] avec do", "keys: title, territory, [[step]] with do"),
        )  # fmt: skip
    return Scenario(Label(*words), tuple(steps), given.get("territory"), path.stem, path.parent)
