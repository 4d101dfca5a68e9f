"""`brokers`: who holds the network together, and how far that can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.network_options import (
    drop_option,
    layer_option,
    partition_option,
    say_drawn,
    say_left_out,
    say_weighed,
    seed_option,
    share_option,
    top_option,
    warn_of_ungrouped,
    weight_option,
)
from ecosystem.cli.options import (
    audience_options,
    copy_of,
    say,
    source_argument,
    territory_option,
)
from ecosystem.cli.output import FOR_PEOPLE, emit, emit_text, result_options
from ecosystem.cli.progress import drawn
from ecosystem.files import Form
from ecosystem.labels import decimal
from ecosystem.vocabulary import Label, Language

if TYPE_CHECKING:
    import pandas as pd

_SHEET = Label("intermédiaires", "brokers")
_TITLES = {
    "sure": Label("sûr ? (rang à 90 %)", "how sure (rank, 90 %)"),
    "pairs": Label("paires dans ce rôle", "pairs in this role"),
    "chance": Label("au hasard", "by chance"),
    "lost": Label("s'il partait", "if it left"),
}
"""Of the columns that only the table for a screen has."""
_PAIRS = {
    "from": Label("de", "from"),
    "to": Label("à", "to"),
    "role": Label("rôle", "role"),
    "others": Label("autres qui les relient", "others that connect them"),
    "rows_in": Label("lignes reçues", "rows received"),
    "rows_out": Label("lignes données", "rows given"),
}


@click.command(
    cls=Command,
    words=Label(
        "Qui tient le réseau : les acteurs, leurs rôles d'intermédiaire, leurs mesures, et jusqu'où s'y fier.",
        "Who holds the network together: actors, their roles as brokers, their measures, and how far "
        "to trust them.",
    ),
    example="ecosystem brokers --territory la-rochelle --explain ca-la-rochelle",
)
@source_argument
@territory_option
@partition_option
@layer_option
@weight_option
@option(
    "--all", "everyone", is_flag=True,
    words=Label("Montre aussi ceux qui ne relient personne.", "Show those who connect nobody too."),
)  # fmt: skip
@option(
    "--all-columns", is_flag=True,
    words=Label("Donne toutes les mesures aux fichiers et aux programmes, non les colonnes que l'on lit d'abord.",
                "Give files and programs every measure, not the columns that one reads first."),
)  # fmt: skip
@option(
    "--explain", "explained", metavar="ACTOR",
    words=Label("Raconte un acteur (identifiant ou nom) : ses paires, ses flux, ce qui tient à lui.",
                "Tell of one actor (id or name): its pairs, its flows, what hangs on it."),
)  # fmt: skip
@option(
    "--draws", type=click.IntRange(min=0), metavar="N",
    words=Label("Tirages pour la stabilité des rangs ; 0 : sans ; sinon jusqu'à 500, selon la taille du réseau.",
                "Draws for the stability of ranks; 0: without; else up to 500, by the size of the network."),
)  # fmt: skip
@drop_option
@share_option
@top_option
@option(
    "--permutations", type=click.IntRange(min=0), metavar="N",
    words=Label("Tirages des modèles nuls, pour « attendu » et p ; 0 : sans ; sinon 999.",
                "Draws of the null models, for 'expected' and p; 0: without; else 999."),
)  # fmt: skip
@seed_option
@audience_options
@result_options
@language_option
@click.pass_context
def brokers(
    ctx: click.Context, source: str | None, territory: str | None, partition: str, layer: str,
    weight: str, everyone: bool, all_columns: bool, explained: str | None, draws: int | None, drop: str, share: float, top: int,
    permutations: int | None, seed: int, form: Form, output: Path | None,
) -> None:  # fmt: skip
    """Print the broker table; files and programs have every actor, and every measure if asked for."""
    from ecosystem.measures.stability import VERDICTS
    from ecosystem.ranking.columns import FEW, titles
    from ecosystem.ranking.naming import found
    from ecosystem.ranking.sentences import told
    from ecosystem.ranking.table import SCREEN
    from ecosystem.study import Study

    language = language_of(ctx)
    whole = all_columns and form != "table" and explained is None
    with drawn() as progress:
        study = Study(
            copy_of(source, output), territory, partition=partition, layer=layer, weight=weight, draws=draws,
            permutations=permutations, drop=drop, share=share, top=top, seed=seed, workers=None,
            measures=None if whole else SCREEN, progress=progress,
        )  # fmt: skip
        if explained is not None:
            found(study.network, explained)
        warn_of_ungrouped(study.network, partition)
        table = study.brokers.copy()
    say_weighed(study.network)
    say_left_out(table.attrs["left_out"], study.network)
    say_drawn(table.attrs["stability"])
    if explained is not None:
        story = study.explain(explained)
        if form == "table":
            emit_text(story.to(language), output)
        else:
            emit(story.pairs, form, output, sheet=Label("paires", "pairs"), titles=_PAIRS)
        return
    does = told(table, language, partition, layer)
    if form != "table":
        table.insert(table.columns.tolist().index("role") + 1, "does", does)
        table = table if all_columns else table[[name for name in FEW if name in table]]
        if form in FOR_PEOPLE:
            told_by = {code: words.to(language) for code, words in VERDICTS.items()}
            table = table.assign(verdict=table["verdict"].map(told_by))
        emit(table, form, output, sheet=_SHEET, titles=titles(table.columns))
        return
    shown = _for_people(table.assign(does=does), language)
    emit(
        shown if everyone else shown[table["rank"].notna()], form, output, sheet=_SHEET,
        titles=titles(shown.columns) | _TITLES,
    )  # fmt: skip
    _say_how(study.name, table, layer, permutations, top)


def _say_how(
    name: Label, table: pd.DataFrame, layer: str, permutations: int | None, top: int
) -> None:
    """What was counted, what chance and stability mean: a line each."""
    from ecosystem.measures.significance import DRAWS as PERMUTATIONS
    from ecosystem.measures.stability import DROPS, RULE
    from ecosystem.ranking.sentences import ranked_in

    count = ranked_in(table)
    counted = {
        "flows": Label("flux actifs ; le grand public n'est pas compté", "active flows; the general public is not counted"),
        "ties": Label("liens, sans direction", "ties, undirected"),
        "both": Label("flux actifs et liens ; le grand public n'est pas compté", "active flows and ties; the general public is not counted"),
    }[layer]  # fmt: skip
    say(
        Label(
            "{name} : acteurs qui en relient d'autres : {count} sur {n} ({counted})",
            "{name}: actors that connect others: {count} of {n} ({counted})",
        ).format(name=name, count=count, n=len(table), counted=counted)
    )
    if permutations != 0:
        times = PERMUTATIONS if permutations is None else permutations
        say(
            Label(
                "au hasard : paires attendues dans ce rôle si les groupes étaient redistribués (calcul exact) ; "
                f"p : part de {times} redistributions où un acteur, dans un rôle, dépasse autant son attente ; "
                "au-dessus de 0,05, le hasard suffit à l'expliquer",
                "by chance: pairs expected in this role if groups were dealt out again (exact); p: the share "
                f"of {times} dealings in which any actor, in any role, is as far above its expectation; above "
                "0.05, chance is enough to explain it",
            )
        )
    say(
        Label(
            "s'il partait : paires d'autres acteurs qui ne seraient plus reliées ; besoins qu'aucune autre voie ne couvre",
            "if it left: pairs of other actors no longer linked; needs that no other route meets",
        )
    )
    drawn = table.attrs["stability"]
    if drawn["draws"]:
        say(
            Label(
                "rang à 90 % : {draws} tirages où l'on retire {drop} ({share} %). {rule}",
                "rank, 90 %: {draws} draws that drop {drop} ({share} %). {rule}",
            ).format(
                draws=drawn["draws"],
                drop=DROPS[drawn["drop"]],
                share=f"{100 * drawn['share']:g}" if drawn["drop"] != "one-sided" else "50",
                rule=RULE.format(top=top),
            )
        )


def _for_people(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The columns that fit a screen."""
    from ecosystem.ranking.sentences import p_words

    french = language == "fr"
    shown = table[["rank", "name"]].copy()
    if "outside" in table:
        elsewhere = " (extérieur)" if french else " (outside)"
        shown["name"] = shown["name"].where(~table["outside"], shown["name"] + elsewhere)
    shown[["does", "betweenness"]] = table[["does", "betweenness"]]
    if table.attrs["stability"]["draws"]:
        columns = ["verdict", "rank_low", "rank_high"]
        shown["sure"] = [
            _sure(verdict, low, high, language)
            for verdict, low, high in table[columns].itertuples(index=False)
        ]
    of = "sur" if french else "of"
    shown["pairs"] = [
        f"{count} {of} {total}" if total and count == count else None
        for count, total in table[["role_count", "brokerage"]].itertuples(index=False)
    ]
    if table["role_expected"].notna().any():
        shown["chance"] = [
            None
            if expected != expected
            else _short(expected, language)
            + (f" (p\u00a0{p_words(p).to(language)})" if p == p else "")
            for expected, p in table[["role_expected", "role_p"]].itertuples(index=False)
        ]
    shown["lost"] = [
        _losses(parted, len(needs), french)
        for parted, needs in table[["pairs_parted", "needs_lost"]].itertuples(index=False)
    ]
    shown["datasets_relayed"] = table["datasets_relayed"].map(len)
    return shown


def _short(value: float, language: Language) -> str:
    """Two digits that tell something, no exponent."""
    return decimal(value, ".0f" if value >= 10 else ".2g").to(language)


def _sure(verdict: object, low: float, high: float, language: Language) -> str | None:
    """The verdict and the interval of ranks; where the actor has none at times it says so."""
    from ecosystem.measures.stability import VERDICTS
    from ecosystem.ranking.sentences import last_rank, whole

    if not isinstance(verdict, str) or low != low:
        return None
    ends = [str(whole(low)), last_rank(high).to(language)]
    interval = "\u00a0–\u00a0".join(dict.fromkeys(ends))
    return f"{VERDICTS[verdict].to(language)} ({interval})"


def _losses(parted: float, needs: int, french: bool) -> str | None:
    """What would be lost, in a few words."""
    words = []
    if parted:
        words.append(f"{parted:.0f} {'paire' if french else 'pair'}{'s' if parted > 1 else ''}")
    if needs:
        words.append(f"{needs} {'besoin' if french else 'need'}{'s' if needs > 1 else ''}")
    return ", ".join(words) or None
