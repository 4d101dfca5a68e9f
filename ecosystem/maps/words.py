"""The words of the map's interface, in French and English, side by side.

The page switches language by itself, so both languages travel in it. A word in braces is
replaced in the page.
"""

from __future__ import annotations

from ecosystem.vocabulary import Label

WORDS: dict[str, Label] = {
    # the page
    "language": Label("Langue", "Language"),
    "map": Label(
        "Carte des acteurs et des flux de données : les flèches déplacent, plus et moins "
        "agrandissent et réduisent. La recherche et le panneau donnent les mêmes informations.",
        "Map of actors and data flows: arrows move it, plus and minus zoom. The search and the "
        "panel give the same information.",
    ),
    "counts": Label(
        "{actors} acteurs, {flows} flux, {datasets} jeux de données",
        "{actors} actors, {flows} flows, {datasets} datasets",
    ),
    "as_of": Label("sources jusqu'en {date}", "sources up to {date}"),
    "what_you_see": Label("Ce que montre la carte", "What you see"),
    "about": Label("Sources et licence", "Sources and licence"),
    "all_sources": Label("Les {count} sources", "The {count} sources"),
    "no_script": Label(
        "La carte interactive demande JavaScript. Voici les mêmes acteurs et flux en tableaux.",
        "The interactive map needs JavaScript. Here are the same actors and flows as tables.",
    ),
    # the legend
    "legend": Label("Légende et filtres", "Legend and filters"),
    "sector": Label("Acteurs", "Actors"),
    "status": Label("Flux", "Flows"),
    "size": Label("Taille", "Size"),
    "show": Label("Montrer", "Show"),
    "not_stated": Label("non renseigné", "not stated"),
    "outside": Label("extérieur au territoire", "outside the territory"),
    "thickness": Label("trait épais : plusieurs flux", "thick line: several flows"),
    "brokers": Label("Intermédiaires", "Brokers"),
    "gaps": Label("Manques", "Gaps"),
    "datasets": Label("Jeux de données", "Datasets"),
    "public_flows": Label("Publication à tous", "Publication to all"),
    "reset": Label("Tout montrer", "Show all"),
    "no_flow": Label("Sans flux documenté", "No documented flow"),
    # moving about
    "search": Label("Chercher un acteur ou un jeu de données", "Search an actor or a dataset"),
    "search_short": Label("Chercher", "Search"),
    "search_results": Label("{count} résultats", "{count} results"),
    "no_result": Label("Aucun résultat", "No result"),
    "zoom": Label("Zoom", "Zoom"),
    "zoom_in": Label("Agrandir", "Zoom in"),
    "zoom_out": Label("Réduire", "Zoom out"),
    "fit": Label("Voir toute la carte", "See the whole map"),
    "back": Label("Vue d'ensemble", "Overview"),
    "close_panel": Label("Replier", "Fold"),
    "open_panel": Label("Lire la carte", "Read the map"),
    # the panel
    "who_holds": Label("Qui tient le réseau", "Who holds the network together"),
    "no_broker": Label("Aucun intermédiaire repéré.", "No broker found."),
    "what_is_missing": Label("Ce qui manque", "What is missing"),
    "no_gap": Label("Aucun manque repéré.", "No gap found."),
    "more": Label("{count} de plus", "{count} more"),
    "next_step": Label("Et maintenant", "Next step"),
    "actor": Label("acteur", "actor"),
    "dataset": Label("jeu de données", "dataset"),
    "flow": Label("flux", "flow"),
    "territory": Label("Territoire", "Territory"),
    "type": Label("Type", "Type"),
    "sector_of": Label("Secteur", "Sector"),
    "part_of": Label("Fait partie de", "Part of"),
    "parts": Label("Services", "Departments"),
    "website": Label("Site", "Website"),
    "broker_rank": Label("Intermédiaire n° {rank}", "Broker no. {rank}"),
    "measure_undefined": Label("non défini", "undefined"),
    "gives": Label("Fournit", "Provides"),
    "receives": Label("Reçoit", "Receives"),
    "holds": Label("Détient", "Holds"),
    "needs": Label("Besoins", "Needs"),
    "need_met": Label("satisfait", "met"),
    "need_unmet": Label("non satisfait", "unmet"),
    "gaps_here": Label("Manques repérés", "Gaps found"),
    "sources": Label("Sources", "Sources"),
    "to": Label("vers", "to"),
    "from": Label("de", "from"),
    "no_dataset": Label("données non précisées", "data not specified"),
    "barrier": Label("obstacle {barrier}", "{barrier} barrier"),
    "holder": Label("Détenteur", "Holder"),
    "theme": Label("Thème", "Theme"),
    "access": Label("Accès", "Access"),
    "personal_data": Label("Données personnelles", "Personal data"),
    "format": Label("Format", "Format"),
    "licence": Label("Licence", "Licence"),
    "flows_of_dataset": Label("Circulation", "Where it goes"),
    "no_flow_of_dataset": Label("Aucun flux documenté.", "No documented flow."),
    "wanted_by": Label("Demandé par", "Wanted by"),
    "flows_in": Label("flux reçus", "flows in"),
    "flows_out": Label("flux fournis", "flows out"),
}

LICENCE = Label(
    "Données : Licence Ouverte 2.0 (Etalab). Page faite avec ecosystem.",
    "Data: Open Licence 2.0 (Etalab). Page made with ecosystem.",
)
NO_LICENCE = Label(
    "Licence des données non précisée. Page faite avec ecosystem.",
    "Licence of the data not stated. Page made with ecosystem.",
)
