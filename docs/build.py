"""Write what can be derived from the declarations, so that no page drifts from the code.

The reference pages of `docs/en` and `docs/fr` are renderings of the schema, the registries,
the queries and the command line; so is the list of commands that the help shows. The sessions shown in the READMEs are run again: in a block
marked `console`, everything below the line that begins with `$` is output, kept to its length
where it ends with `…`; a block marked `csv` is written first, under the name in the line above.

    python docs/build.py            write
    python docs/build.py --check    write nothing, exit 1 if a file differs
"""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from ecosystem.audience.disguise import KNOWN_BY, TOUCHED
from ecosystem.audience.ledger import REASONS
from ecosystem.audience.policy import CONDITIONS, MINIMUM_GROUP
from ecosystem.cli import main as cli
from ecosystem.cli.short_help import SHORT
from ecosystem.gaps import DETECTORS
from ecosystem.matching import LEVELS, OBSTACLES, RULES
from ecosystem.measures import MEASURES
from ecosystem.measures.registry import SUBJECTS, card
from ecosystem.measures.roles import FIVE
from ecosystem.measures.stability import RULE, TOP
from ecosystem.scenarios import ACTIONS, EFFECTS, shipped_scenarios
from ecosystem.scenarios.registry import WAYS
from ecosystem.schema import KINDS, TABLES, Field, Table, edges
from ecosystem.store.queries import TYPES, Column, Param, Query, queries
from ecosystem.tables.problems import CATALOGUE
from ecosystem.vocabulary import (
    CODE_LISTS,
    LANGUAGES,
    SEVERITIES,
    CodeList,
    Label,
    Language,
)

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
READMES: dict[str, Language] = {"README.md": "en", "README.fr.md": "fr"}
HELP_WIDTH = 100
SESSION_WIDTH = 110

Words = Callable[[str, str], str]
"""Picks the French or the English of two texts."""


def words(language: Language) -> Words:
    return lambda fr, en: Label(fr, en).to(language)


def page(language: Language, fr: str, en: str, *parts: str) -> str:
    """A page: its title, that it is generated, its parts."""
    w = words(language)
    made = w(
        "*Page engendrée par `python docs/build.py` à partir du code ; ne pas la modifier à la main.*",
        "*Generated from the code by `python docs/build.py`; do not edit by hand.*",
    )
    return "\n\n".join([f"# {w(fr, en)}", made, *(part for part in parts if part)]) + "\n"


def grid(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; nothing if it has no rows."""
    lines = [
        "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in row) + " |"
        for row in rows
    ]
    if not lines:
        return ""
    head = "| " + " | ".join(headers) + " |\n|" + " --- |" * len(headers)
    return "\n".join([head, *lines])


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def yes(value: bool, language: Language) -> str:
    return words(language)("oui" if value else "non", "yes" if value else "no")


# The data dictionary.


def dictionary(language: Language) -> str:
    w = words(language)
    needed = ", ".join(f"`{table.file}`" for table in TABLES.values() if table.required)
    intro = w(
        f"Une source est un dossier de fichiers CSV en UTF-8, séparés par des virgules, un par table. "
        f"Seuls {needed} sont indispensables. Une cellule vide veut dire « non renseigné ». Une colonne "
        "qui n'est pas décrite ici est gardée telle quelle, avec un avertissement. Les identifiants sont "
        "du texte : les zéros du début comptent.",
        f"A source is a folder of CSV files in UTF-8, separated by commas, one for each table. "
        f"Only {needed} are needed. An empty cell means 'not stated'. A column that is not described "
        "here is kept as it is, with a warning. Identifiers are text: leading zeros count.",
    )
    overview = grid(
        [w("table", "table"), w("nom", "label"), w("contenu", "holds"),
         w("obligatoire", "required"), w("dans le graphe", "in the graph")],
        [
            [f"[{t.name}](#{t.name})", t.label.to(language), t.meaning.to(language),
             yes(t.required, language), _graph_place(t)]
            for t in TABLES.values()
        ],
    )  # fmt: skip
    kinds = grid(
        [w("forme", "kind"), w("signification", "meaning")],
        [[f"`{name}`", label.to(language)] for name, label in KINDS.items()],
    )
    return page(
        language, "Dictionnaire des données", "Data dictionary", intro, overview,
        *(part for table in TABLES.values() for part in _table(table, language)),
        f"## {w('Formes', 'Kinds')}", kinds,
        f"## {w('Listes de codes', 'Code lists')}",
        w("Un code qui a un équivalent dans une liste d'autorité de l'Union européenne en donne l'adresse.",
          "A code with an equal in an authority list of the European Union gives its address."),
        *(part for codes in CODE_LISTS for part in _codes(codes, language)),
        f"## {w('Relations du graphe', 'Relationships of the graph')}",
        grid([w("de", "from"), "relation" if language == "fr" else "relationship", w("à", "to")],
             [[f"`{a}`", f"`{kind}`", f"`{b}`"] for a, kind, b in dict.fromkeys(edges())]),
    )  # fmt: skip


def _graph_place(table: Table) -> str:
    if table.relationship:
        return f"`(:Actor)-[:{table.relationship}]->(:Actor)`"
    return f"`(:{table.node})`"


def _table(table: Table, language: Language) -> Iterator[str]:
    w = words(language)
    yield f"## {table.name}"
    facts = [
        sentence(table.meaning.to(language)) + ".",
        w("Fichier", "File") + w(" : ", ": ") + f"`{table.file}`.",
        w("Clé", "Key") + w(" : ", ": ") + ", ".join(f"`{name}`" for name in table.key) + ".",
        w("Graphe", "Graph") + w(" : ", ": ") + _graph_place(table) + ".",
    ]
    yield " ".join(facts)
    yield grid(
        [w("colonne", "column"), w("nom", "label"), w("forme", "kind"), w("obligatoire", "required"),
         w("signification", "meaning"), w("valeurs", "values")],
        [
            [f"`{f.name}`", f.label.to(language), f"`{f.kind}`", _required(table, f, language),
             f.meaning.to(language), _values(table, f, language)]
            for f in table.fields
        ],
    )  # fmt: skip


def _required(table: Table, field: Field, language: Language) -> str:
    w = words(language)
    if not field.required:
        return yes(False, language)
    if field.name == "id" and table.numbers_rows:
        return w(
            "oui ; colonne absente : lignes numérotées", "yes; column absent: rows are numbered"
        )
    if field.default:
        return w(
            f"oui ; colonne absente : `{field.default}`", f"yes; column absent: `{field.default}`"
        )
    return yes(True, language)


def _values(table: Table, field: Field, language: Language) -> str:
    w = words(language)
    told = []
    if field.codes:
        told.append(f"[{field.codes.name}](#{field.codes.name})")
    if reference := field.reference:
        target = TABLES[reference.table]
        told.append(w("une ligne de ", "a row of ") + f"[{target.name}](#{target.name})")
        if table.relationship is None:
            ends = (target.node, table.node) if reference.inward else (table.node, target.node)
            told.append(f"`(:{ends[0]})-[:{reference.relationship}]->(:{ends[1]})`")
    if field.unit:
        told.append(w("unité : ", "unit: ") + f"`{field.unit}`")
    return "; ".join(told)


def _codes(codes: CodeList, language: Language) -> Iterator[str]:
    w = words(language)
    used = [
        f"`{table.name}.{field.name}`"
        for table in TABLES.values()
        for field in table.fields
        if field.codes is codes
    ]
    shown = used if len(used) < len(TABLES) else [w("toutes les tables", "every table")]
    yield f"### {codes.name}"
    yield w("Colonnes : ", "Columns: ") + ", ".join(shown) + "."
    headers = ["code", w("libellé", "label")]
    rows = [[f"`{code.code}`", code.label.to(language)] for code in codes.values()]
    if any(code.uri for code in codes.values()):
        headers.append(w("adresse européenne", "EU address"))
        for row, code in zip(rows, codes.values(), strict=True):
            row.append(f"<{code.uri}>" if code.uri else "")
    yield grid(headers, rows)


# Measures and gaps.


def measures(language: Language) -> str:
    w = words(language)
    colon = w(" :", ":")
    intro = w(
        "Une mesure prend un réseau et donne une valeur par acteur, ou une table du réseau entier ou d'un groupe "
        "d'acteurs. `ecosystem measures run NOM` la calcule, une ligne par acteur. Ce qui n'est pas défini reste vide, "
        "jamais 0. Le réseau de partage compte les flux actifs, du fournisseur au destinataire, sans le "
        "grand public ; `weight` est le nombre de flux entre deux acteurs, `distance` vaut 1 / `weight`. "
        "`n` est le nombre d'acteurs du réseau.",
        "A measure takes a network and gives one value for each actor, or a table of the whole network or of a set "
        "of actors. `ecosystem measures run NAME` computes it, a row an actor. What is not defined stays empty, "
        "never 0. The share network counts active flows, from provider to recipient, without the general "
        "public; `weight` is the number of flows between two actors, `distance` is 1 / `weight`. "
        "`n` is the number of actors of the network.",
    )
    contents = grid(
        [
            w("mesure", "measure"),
            w("mesure", "measures"),
            w("nom", "label"),
            w("lecture", "reading"),
        ],
        [
            [
                f"[{name}](#{name})",
                SUBJECTS[m.of].to(language),
                m.label.to(language),
                m.reading.to(language),
            ]
            for name, m in MEASURES.items()
        ],
    )
    cards = []
    for name, m in MEASURES.items():
        cards += [f"## {name}", sentence(m.label.to(language)) + "."]
        cards.append(
            "\n".join(
                f"- **{sentence(head.to(language))}**{colon} {_told(head, text.to(language))}"
                for head, text in card(m)
            )
        )
    roles = w(
        "Les cinq rôles de Gould et Fernandez ({roles}) et leur total ont aussi, dans la table des "
        "intermédiaires, une valeur attendue (`_expected`) et un écart réduit (`_z`) : combien on en "
        "attendrait si les échanges étaient placés au hasard entre des groupes des mêmes tailles.",
        "The five roles of Gould and Fernandez ({roles}) and their total also have, in the broker "
        "table, an expected value (`_expected`) and a z-score (`_z`): how many one would expect if "
        "exchanges were placed at random between groups of the same sizes.",
    ).format(roles=", ".join(f"`{role}`" for role in FIVE))
    trust = w(
        "`ecosystem brokers` ajoute à chaque rôle ce qu'en ferait le hasard, de deux façons. `_null_expected`, "
        "`_p`, `_p_adjusted` : les mêmes échanges, les groupes redistribués entre les acteurs. "
        "`brokerage_same_degrees`, `brokerage_p`, `brokerage_p_adjusted` : d'autres réseaux où chacun donne à autant "
        "d'acteurs et reçoit d'autant d'acteurs. Les p ajustés tiennent compte du nombre d'acteurs (maxT en une "
        "étape, Westfall & Young 1993). La stabilité (`rank_low`, `rank_high`, `top_share`, `verdict`) vient de "
        "tirages où l'on retire une part des flux ou des acteurs : sur des réseaux simulés dont une part était "
        "cachée, les intervalles à 90 % des acteurs de la moitié haute du classement contenaient leur vrai rang "
        "neuf fois sur dix environ. Ceux des acteurs qui n'ont presque rien, à égalité avec beaucoup d'autres, "
        "ne sont pas calibrés. " + RULE.format(top=TOP).fr.capitalize() + ".",
        "`ecosystem brokers` adds to each role what chance would make of it, in two ways. `_null_expected`, "
        "`_p`, `_p_adjusted`: the same exchanges, with the groups dealt out again among the actors. "
        "`brokerage_same_degrees`, `brokerage_p`, `brokerage_p_adjusted`: other networks in which everyone gives "
        "to and receives from as many actors. Adjusted p allow for the number of actors (single-step maxT, Westfall "
        "& Young 1993). Stability (`rank_low`, `rank_high`, `top_share`, `verdict`) comes from draws that drop a "
        "share of the flows or of the actors: on simulated networks of which a part was hidden, 90 % intervals of "
        "actors in the upper half of the ranking held their true rank about nine times in ten. Those of actors "
        "with next to nothing, tied with many others, are not calibrated. "
        + RULE.format(top=TOP).en.capitalize() + ".",
    )  # fmt: skip
    return page(language, "Mesures", "Measures", intro, contents, roles, trust, *cards)


def _told(head: Label, text: str) -> str:
    """A line of a definition card as Markdown: formulas as code, DOIs as links."""
    return f"`{text}`" if head.en in ("formula", "options") else _linked(text)


def _linked(reference: str) -> str:
    return re.sub(r"doi:(\S+)", r"[doi:\1](https://doi.org/\1)", reference)


def gaps(language: Language) -> str:
    w = words(language)
    intro = w(
        "Un manque est un fait tiré des tables, pas un jugement : il dit sa raison, les lignes et les sources dont "
        "il vient, sa gravité par une règle visible et une prochaine étape possible, et se lit avec son "
        "dénominateur. Ce qui n'est pas documenté n'est pas pour autant fermé. Les plus graves viennent d'abord. "
        "`ecosystem gaps --kind NOM` n'en montre qu'une sorte, `--explain CONSTAT` montre tout d'un constat. "
        "[Comment ces règles ont été relues](reading-gaps.md).",
        "A gap is a fact drawn from the tables, not a verdict: it says its reason, the rows and sources it comes "
        "from, its severity by a visible rule and a possible next step, and is read with its denominator. What is "
        "not documented is not therefore closed. The heaviest come first. `ecosystem gaps --kind NAME` shows one "
        "kind only, `--explain FINDING` shows all about one finding. [How these rules were "
        "reviewed](reading-gaps.md).",
    )
    contents = grid(
        [w("sorte", "kind"), w("en mots", "in words")],
        [[f"[{name}](#{name})", d.label.to(language)] for name, d in DETECTORS.items()],
    )
    severities = w("Gravités : ", "Severities: ") + ", ".join(
        f"`{code.code}` ({code.label.to(language)})" for code in SEVERITIES.values()
    ) + "."  # fmt: skip
    parts = []
    for name, detector in DETECTORS.items():
        colon = w(" :", ":")
        parts += [
            f"## {name}",
            f"{sentence(detector.label.to(language))}. {detector.definition.to(language)}",
            "\n".join(
                f"- **{key}**{colon} {value}"
                for key, value in (
                    (
                        w("Sur (dénominateur)", "Out of (denominator)"),
                        detector.population.to(language),
                    ),
                    (w("Gravité", "Severity"), detector.severity.to(language)),
                )
            ),
            grid(
                [w("raison", "reason"), w("en mots", "in words")],
                [[f"`{code}`", why.to(language)] for code, why in detector.reasons.items()],
            ),
        ]
    return page(language, "Manques", "Gaps", intro, severities, contents, *parts)


# Matching.


def matching(language: Language) -> str:
    w = words(language)
    intro = w(
        "Pour chaque besoin qui n'est pas couvert, `ecosystem match` dit qui détient des données qui conviendraient, "
        "par quelle voie elles pourraient passer, ce qui y fait obstacle, et sur quel instrument reposent les flux "
        "semblables. Une proposition dit à qui parler ; elle ne dit pas que le partage est permis.",
        "For each need that is not met, `ecosystem match` says who holds data that would do, by which route they could "
        "pass, what stands in the way, and on which instrument like flows rest. A proposal says whom to talk to; it "
        "does not say that sharing is allowed.",
    )
    rules = "\n".join(f"{n}. {rule.to(language)}" for n, rule in enumerate(RULES, start=1))
    levels = grid(
        ["`level`", w("en mots", "in words")],
        [[f"`{n}`", label.format(words="…").to(language)] for n, label in LEVELS.items()],
    )
    obstacles = grid(
        [w("obstacle", "obstacle"), w("en mots", "in words")],
        [[f"`{name}`", label.to(language)] for name, label in OBSTACLES.items()],
    )
    return page(
        language, "Rapprochements", "Matching", intro,
        w("## Règles", "## Rules"), rules, w("## Proximité", "## Nearness"), levels,
        w("## Obstacles", "## Obstacles"), obstacles,
    )  # fmt: skip


# What if.


def what_if(language: Language) -> str:
    w = words(language)
    intro = w(
        "Un scénario est un petit fichier TOML : un titre, un territoire où mesurer, et des étapes `[[step]]` prises "
        "dans l'ordre, chacune avec `do` et ses clés. Tout est vérifié avant de commencer : un nom inconnu, une clé "
        "en trop, deux étapes qui se contredisent, et rien n'est calculé. Les tables de départ ne changent jamais. "
        "Exemples livrés : {names}.",
        "A scenario is a small TOML file: a title, a territory to measure in, and `[[step]]` taken in order, each "
        "with `do` and its keys. Everything is checked before anything runs: an unknown name, a key too many, two "
        "steps that contradict each other, and nothing is computed. The tables one starts from never change. "
        "Shipped examples: {names}.",
    ).format(names=", ".join(f"`{name}`" for name in shipped_scenarios()))
    example = (ROOT / "data" / "scenarios" / f"{shipped_scenarios()[0]}.toml").read_text("utf-8")
    actions = grid(
        ["do", w("ce que fait l'étape", "what the step does"), w("clés (obligatoires en gras)", "keys (needed ones in bold)")],
        [
            [
                f"`{name}`",
                kind.label.to(language),
                ", ".join(f"**`{key}`**" if key in kind.needed else f"`{key}`" for key in kind.keys),
            ]
            for name, kind in ACTIONS.items()
        ],
    )  # fmt: skip
    effects = grid(
        [w("effet", "effect"), w("nom", "label"), w("ce qui est compté", "what is counted")],
        [[f"`{n}`", e.label.to(language), e.reading.to(language)] for n, e in EFFECTS.items()],
    )
    best = w(
        "`--best K` cherche, parmi les flux souhaités, prévus et bloqués dont le fournisseur a le jeu, les K qui "
        "couvrent le plus de besoins. Le choix est exact : les besoins d'un acteur pour un jeu forment un lot de "
        "flux, les lots ne partagent aucun flux, et le sac à dos qui en résulte est résolu par programmation "
        "dynamique.",
        "`--best K` looks, among the wished, planned and blocked flows whose provider has the dataset, for the K that "
        "meet most needs. The choice is exact: the needs of one actor for one dataset make a bundle of flows, "
        "bundles share no flow, and the knapsack that follows is solved by dynamic programming.",
    )
    lists = w(
        "Les clés `actors`, `datasets`, `flows`, `statuses` prennent une liste. `by` vaut : ",
        "The keys `actors`, `datasets`, `flows`, `statuses` take a list. `by` is one of: ",
    ) + "; ".join(f"`{name}` ({label.to(language)})" for name, label in WAYS.items()) + "."  # fmt: skip
    return page(
        language, "Et si", "What if", intro, f"```toml\n{example.rstrip()}\n```",
        w("## Étapes", "## Steps"), actions, lists,
        w("## Effets", "## Effects"), effects,
        w("## Les meilleurs flux", "## The best flows"), best,
    )  # fmt: skip


# Queries.


def query_pages(language: Language) -> str:
    w = words(language)
    found = queries().values()
    intro = w(
        "Chaque question est un fichier `.cypher` qui se colle tel quel dans Neo4j Browser, une fois ses "
        "paramètres donnés par `:param`. `ecosystem query show NOM` l'affiche, `ecosystem query run NOM` "
        "la pose, sur Neo4j ou sur le stockage embarqué.",
        "Each question is a `.cypher` file that can be pasted in Neo4j Browser as it is, once its "
        "parameters are given by `:param`. `ecosystem query show NAME` prints it, `ecosystem query run "
        "NAME` asks it, on Neo4j or on the embedded store.",
    )
    groups = dict.fromkeys(query.group for query in found)
    contents = grid(
        [w("question", "question"), w("titre", "title"), w("dossier", "folder")],
        [[f"[{q.name}](#{q.name})", q.title.to(language), q.group] for g in groups for q in found
         if q.group == g],
    )  # fmt: skip
    parts = [part for g in groups for q in found if q.group == g for part in _query(q, language)]
    return page(language, "Questions", "Queries", intro, contents, *parts)


def _query(query: Query, language: Language) -> Iterator[str]:
    w = words(language)
    given = " ".join(f"-P {shlex.quote(f'{name}={v}')}" for name, v in query.examples.items())
    yield f"## {query.name}"
    yield f"**{query.title.to(language)}.** {query.question.to(language)}"
    if query.note:
        yield query.note.to(language)
    yield grid(
        [w("paramètre", "parameter"), "type", w("par défaut", "default"), w("signification", "meaning")],
        [[f"`{p.name}`", _type(p, language), _default(p, language), p.meaning.to(language)]
         for p in query.params],
    )  # fmt: skip
    yield grid(
        [w("colonne", "column"), "type", w("signification", "meaning")],
        [[f"`{c.name}`", _type(c, language), c.meaning.to(language)] for c in query.columns],
    )
    yield f"```sh\n{f'ecosystem query run {query.name} {given}'.strip()}\n```"
    yield f"[{query.path.name}](../../queries/{query.group}/{query.path.name})"


def _type(of: Param | Column, language: Language) -> str:
    return words(language)("liste", "list") if of.type == "list" else TYPES[of.type].to(language)


def _default(param: Param, language: Language) -> str:
    if param.required:
        return words(language)("obligatoire", "required")
    return words(language)("vide", "empty") if param.default == "" else f"`{param.default}`"


# The command line.


def command_line(language: Language) -> str:
    w = words(language)
    intro = w(
        "Les tables sortent sur la sortie standard, le reste sur la sortie d'erreur. Code de retour : 0, "
        "ou 1 si les données ou l'environnement ne conviennent pas, ou 2 si la commande est mal écrite. "
        "La langue vient de `--lang`, sinon de `ECOSYSTEM_LANG`, sinon du système.",
        "Tables go to standard output, talk goes to standard error. Exit code: 0, or 1 if the data or "
        "the environment will not do, or 2 if the command is wrongly written. The language comes from "
        "`--lang`, else from `ECOSYSTEM_LANG`, else from the system.",
    )
    parts = []
    for path in _commands(cli, ()):
        parts += [
            f"## {' '.join(['ecosystem', *path])}",
            f"```text\n{_run([*path, '-h'], language, HELP_WIDTH).rstrip()}\n```",
        ]
    return page(language, "Ligne de commande", "Command line", intro, *parts)


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _commands(command.commands[name], (*path, name))


def _run(args: Sequence[str], language: Language, width: int) -> str:
    """What a command prints, standard output and error together, at a fixed width."""
    environment = {"COLUMNS": str(width), "ECOSYSTEM_LANG": language, "NO_COLOR": "1"}
    result = CliRunner().invoke(
        cli, list(args), prog_name="ecosystem", env=environment, terminal_width=width
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def problems(language: Language) -> str:
    w = words(language)
    severities = {
        "error": w("erreur", "error"),
        "warning": w("avertissement", "warning"),
    }
    intro = w(
        "`ecosystem check` montre tous les problèmes d'une source en une fois. Une erreur arrête les "
        "analyses, un avertissement non. Les mots entre accolades sont remplacés par ce qui a été trouvé.",
        "`ecosystem check` shows every problem of a source at once. An error stops analyses, a warning "
        "does not. Words in braces are replaced by what was found.",
    )
    return page(
        language, "Problèmes qu'une vérification peut trouver", "Problems that a check can find", intro,
        grid(
            ["code", w("gravité", "severity"), w("ce qui ne va pas", "what is wrong"), w("que faire", "what to do")],
            [[f"`{code}`", severities[kind.severity], kind.message.to(language), kind.hint.to(language)]
             for code, kind in CATALOGUE.items()],
        ),
    )  # fmt: skip


# Audiences.

POLICY = """\
minimum_group = 5                              # {group}

[partners]
drop = ["flows.note"]                          # {drop}

[[public.pseudonymise]]                        # {mask}
name = "Firm"                                  # {name}
where = {{ sector = ["private"] }}               # {where}

[[public.aggregate]]                           # {join}
name = "Residents' groups"
where = {{ type = ["citizens"], territory = ["la-rochelle"] }}
"""


def audiences(language: Language) -> str:
    w = words(language)
    intro = w(
        "`--audience internal`, `partners` ou `public` dit à qui un résultat est destiné. Ce que ce public ne "
        "peut pas voir est retiré des tables avant qu'aucune mesure ne soit faite, aucune carte dessinée, aucune "
        "question posée : le résultat ne peut pas le dire, même par un nombre ou par une place vide. La colonne "
        "`visibility` décide de chaque ligne (vide : public) ; `--policy FICHIER` retire davantage. Ce que les "
        "partenaires ne voient pas, le public ne le voit pas non plus. Une carte interne dit qu'elle ne doit pas "
        "être transmise, une carte pour les partenaires qu'elle ne doit pas être publiée.",
        "`--audience internal`, `partners` or `public` says who a result is for. What they may not see is out of "
        "the tables before anything is measured, drawn or asked: the result cannot tell it, not even by a count "
        "or by an empty place. The column `visibility` decides on each row (empty: public); `--policy FILE` takes "
        "out more. What partners do not see, the public does not see either. An internal map says that it is "
        "not to be passed on, a map for partners that it is not to be published.",
    )
    with_it = w(
        "Ce qui nomme une ligne cachée part avec elle : les flux, besoins et liens d'un acteur caché, les sources "
        "que seules des lignes cachées citent, les cellules qui la nomment, et tout texte qui contient son nom, son "
        "identifiant, son adresse ou sa note, quels que soient la casse et les accents. Un tel texte est vidé en "
        "entier : plutôt trop que trop peu. Un surnom, une partie d'un nom ou une paraphrase ne sont pas reconnus : "
        "relisez une copie avant de la transmettre. Les lignes numérotées le sont à nouveau, sans trou. Une colonne qui "
        "n'est pas au dictionnaire n'est pas transmise.",
        "What names a hidden row goes with it: flows, needs and ties of a hidden actor, sources that only hidden "
        "rows cite, cells that name it, and every text that holds its name, identifier, address or note, whatever "
        "the case and accents. Such a text is emptied whole: too much rather than too little. A nickname, a part "
        "of a name or a paraphrase is not recognised: read a copy before you pass it on. Numbered rows are "
        "numbered anew, without a hole. A column that is not in the dictionary is not passed on.",
    )
    places = w(
        "Un acteur est à la même place dans toutes les cartes d'un territoire, quel que soit leur public : les "
        "places sont trouvées pour ce que le public voit, le reste est placé autour. Une copie où des acteurs "
        "portent un pseudonyme ou sont regroupés a des places à elle : celles de la carte complète diraient qui "
        "est qui.",
        "An actor stands at the same place in every map of a territory, whoever it is for: places are found for "
        "what the public sees, the rest is put around. A copy in which actors bear a pseudonym or are grouped has "
        "places of its own: those of the complete map would tell who is who.",
    )
    policy = POLICY.format(
        group=w("les groupes plus petits ne sont pas montrés", "smaller groups are not shown"),
        drop=w("colonnes vidées", "columns to empty"),
        mask=w("acteurs qui perdent leur nom", "actors that lose their name"),
        name="Firm 1, Firm 2 …",
        where=w("toutes les conditions valent", "every condition holds"),
        join=w(
            "acteurs qui n'en font plus qu'un, par territoire",
            "actors that become one, a territory each",
        ),
    )
    conditions = ", ".join(f"`{name}`" for name in CONDITIONS)
    known_by = ", ".join(f"`{name}`" for name in KNOWN_BY)
    touched = ", ".join(f"`{table}.{c}`" for table, cells in TOUCHED.items() for c in cells)
    rules = w(
        f"Conditions possibles : {conditions}. Sans `minimum_group`, {MINIMUM_GROUP}. Un groupe trop petit dans son "
        "territoire rejoint ceux des autres territoires ; trop petit encore, il est retiré. D'un acteur sous "
        f"pseudonyme il reste {known_by}, tant que `minimum_group` acteurs de la copie les partagent. De ce qui le "
        f"touche sont vidés : {touched}. Une politique fautive est dite d'un coup, avec le fichier, la clé et ce "
        "qui existe ; rien n'est alors écrit.",
        f"Possible conditions: {conditions}. Without `minimum_group`, {MINIMUM_GROUP}. A group too small in its "
        "territory joins those of the other territories; still too small, it is taken out. Of an actor under a "
        f"pseudonym remain {known_by}, as long as `minimum_group` actors of the copy share them. Of what touches it "
        f"are emptied: {touched}. What is wrong with a policy is said at once, with the file, the key and what "
        "exists; nothing is written then.",
    )
    removed = w(
        "`--removed FICHIER` écrit la liste de ce qui a été retiré et pourquoi. Elle nomme ce que la copie cache : "
        "elle est à garder, et la commande refuse de l'écrire dans le résultat. Le manifeste d'un dossier pour les "
        "partenaires ou le public ne dit ni la source, ni ses fichiers, ni ce qui manque.",
        "`--removed FILE` writes the list of what was taken out and why. It names what the copy hides: it is to be "
        "kept, and the command refuses to write it into the result. The manifest of a folder for partners or the "
        "public tells neither the source, nor its files, nor what is missing.",
    )
    return page(
        language, "Publics", "Audiences", intro, with_it, places,
        f"## {w('Une politique', 'A policy')}", f"```toml\n{policy}```", rules,
        f"## {w('Ce qui est retiré', 'What is taken out')}", removed,
        grid(["code", w("en mots", "in words")],
             [[f"`{code}`", why.to(language)] for code, why in REASONS.items()]),
    )  # fmt: skip


PAGES: dict[str, Callable[[Language], str]] = {
    "dictionary.md": dictionary,
    "measures.md": measures,
    "gaps.md": gaps,
    "matching.md": matching,
    "what-if.md": what_if,
    "queries.md": query_pages,
    "cli.md": command_line,
    "problems.md": problems,
    "audiences.md": audiences,
}

# The sessions of the READMEs.

_BLOCK = re.compile(r"^```(csv|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def refreshed(text: str, language: Language) -> str:
    """A README whose sessions show what the commands print today."""

    def block(match: re.Match[str]) -> str:
        if match[1] == "csv":
            above = text[: match.start()].rstrip().rpartition("\n")[2]
            file = Path(re.findall(r"`([^`]+\.csv)`", above)[-1])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(match[2], encoding="utf-8")
            return match[0]
        asked, *shown = match[2].splitlines()
        printed = _run(shlex.split(asked)[2:], language, SESSION_WIDTH)
        lines = [line.rstrip() for line in printed.splitlines()]
        if shown and shown[-1] == "…":
            lines = [*lines[: len(shown) - 1], "…"]
        return "\n".join(["```console", asked, *lines, "```"])

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return _BLOCK.sub(block, text)


def short() -> dict[str, Label]:
    """A line on each command, in both languages."""
    found = {}
    for name, command in cli.commands.items():
        shown: Any = command
        found[name] = Label(*(_first_sentence(shown.words.to(lang)) for lang in LANGUAGES))
    return found


def short_help() -> str:
    """The module with a line on each command, so that the list of them imports none."""
    lines = [
        f"    {json.dumps(name)}: Label(\n        {_text(line.fr)},\n        {_text(line.en)},\n    ),\n"
        for name, line in short().items()
    ]
    return (
        '"""A line on each command, written by `docs/build.py` from the commands themselves."""\n\n'
        "from __future__ import annotations\n\nfrom ecosystem.labels import Label\n\n"
        "SHORT: dict[str, Label] = {\n" + "".join(lines) + "}\n"
    )


def _first_sentence(words: str) -> str:
    return words.split("\n\n")[0].partition(". ")[0].removesuffix(".")


def _text(words: str) -> str:
    return json.dumps(words.replace("\u00a0", " "), ensure_ascii=False)


def built() -> dict[Path, str]:
    """Every file that is derived, with what it should hold."""
    SHORT.update(short())  # help pages say what the commands say now, not what was listed before
    files = {DOCS / lang / name: make(lang) for lang in LANGUAGES for name, make in PAGES.items()}
    files[ROOT / "ecosystem" / "cli" / "short_help.py"] = short_help()
    for name, language in READMES.items():
        files[ROOT / name] = refreshed((ROOT / name).read_text(encoding="utf-8"), language)
    return files


def main(args: Sequence[str]) -> int:
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
        print("differ from the code: run `python docs/build.py`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
