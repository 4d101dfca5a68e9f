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
    "talks": Label("Conversations", "Conversations"),
    "talk": Label("Conversation", "Conversation"),
    "datasets": Label("Jeux de données", "Datasets"),
    "public_flows": Label("Publication à tous", "Publication to all"),
    "all_alike": Label("Tous pareils", "All alike"),
    "colour": Label("Couleur", "Colour"),
    "by_sector": Label("Secteur", "Sector"),
    "wanted": Label("Souhaités et bloqués", "Wished and blocked"),
    "maturity": Label("Maturité", "Maturity"),
    "maturity_note": Label(
        "Une lecture des sources, dimension par dimension : pour en parler, pas pour classer.",
        "A reading of the sources, dimension by dimension: to talk about, not to rank.",
    ),
    "communities": Label("Communautés", "Communities"),
    "more_filters": Label("Autres filtres", "More filters"),
    "no_barrier": Label("aucun obstacle noté", "no barrier noted"),
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
    "view": Label("Présentation", "View"),
    "view_map": Label("Carte", "Map"),
    "view_table": Label("Tableaux", "Tables"),
    "view_compare": Label("Côte à côte", "Side by side"),
    "compare_note": Label(
        "Une petite carte par territoire, à la même échelle de taille : les flux entre ses acteurs. Les sources "
        "ne disent pas la même chose de tous, ce n'est pas un classement.",
        "One small map a territory, sizes at the same scale: the flows between its own actors. The sources do "
        "not say the same things of all, this is no ranking.",
    ),
    "save": Label("Enregistrer", "Save"),
    "save_png": Label("Enregistrer la vue en PNG", "Save the view as PNG"),
    "save_svg": Label("Enregistrer la vue en SVG", "Save the view as SVG"),
    "saved": Label("Enregistré : {name}", "Saved: {name}"),
    "steps": Label("Voisinage", "Neighbourhood"),
    "steps_all": Label("Tout montrer, sans limite de pas", "Show all, however far"),
    "steps_shown": Label(
        "Ne montrer que ce qui est à {count} pas au plus",
        "Show only what is at most {count} steps away",
    ),
    "all": Label("tout", "all"),
    # the panel
    "who_holds": Label("Qui tient le réseau", "Who holds the network together"),
    "no_broker": Label("Aucun intermédiaire repéré.", "No broker found."),
    "agenda": Label("De quoi parler, et avec qui", "What to talk about, and with whom"),
    "talks_marked": Label(
        "Numérotées sur la carte : les conversations à faire advenir, sur les acteurs à réunir et les flux concernés.",
        "Numbered on the map: the conversations to bring about, on the actors to bring together and the flows concerned.",
    ),
    "no_talk": Label("Aucune conversation à l'ordre du jour.", "No conversation on the agenda."),
    "all_gaps": Label("Les {count} constats derrière", "The {count} findings behind"),
    "treats": Label("Constats que cela traite", "Findings that this treats"),
    "source": Label("source", "source"),
    "grouped": Label(
        "La carte est grande : elle montre d'abord les intermédiaires et {count} communautés d'acteurs qui échangent "
        "surtout entre eux. Cliquez une communauté pour l'ouvrir, ou éteignez « Communautés » pour tout voir.",
        "The map is large: it first shows the brokers and {count} communities of actors that share mostly with each "
        "other. Click a community to open it, or switch off 'Communities' to see everything.",
    ),
    "grouped_huge": Label(
        "La carte est très grande : elle montre les intermédiaires et {count} communautés d'acteurs qui échangent "
        "surtout entre eux. Cliquez une communauté pour l'ouvrir.",
        "The map is very large: it shows the brokers and {count} communities of actors that share mostly with each "
        "other. Click a community to open it.",
    ),
    "community": Label("communauté", "community"),
    "community_of": Label("Autour de {name} ({count})", "Around {name} ({count})"),
    "isolates": Label("Sans flux documenté ({count})", "No documented flow ({count})"),
    "community_flows": Label(
        "{within} flux entre ses membres, {across} avec le reste de la carte.",
        "{within} flows between its members, {across} with the rest of the map.",
    ),
    "open_community": Label("Ouvrir la communauté", "Open the community"),
    "close_community": Label("Refermer la communauté", "Close the community"),
    "click_to_open": Label("Cliquer pour lire et ouvrir", "Click to read and open"),
    "members": Label("Membres", "Members"),
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
    "role": Label("Rôle", "Role"),
    "stability": Label("Stabilité du rang", "Stability of the rank"),
    "rank_between": Label("rang {rank}", "rank {rank}"),
    "no_rank": Label("aucun", "none"),
    "top_share": Label(
        "parmi les premiers dans {share} % des tirages", "among the first in {share}% of draws"
    ),
    "all_measures": Label("Toutes les mesures", "All measures"),
    "broker_column": Label("Intermédiaire n°", "Broker no."),
    "active_flows": Label("Flux actifs", "Active flows"),
    "first_broker": Label("Premier intermédiaire", "First broker"),
    "status_of": Label("État", "Status"),
    "mode": Label("Instrument", "Instrument"),
    "barrier_of": Label("obstacle", "barrier"),
    "note": Label("Note", "Note"),
    "purpose": Label("But", "Purpose"),
    "reason": Label("Raison", "Reason"),
    "finding": Label("Constat", "Finding"),
    "kind_of": Label("Liste", "List"),
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
