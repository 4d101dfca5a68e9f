"""A line on each command, written by `docs/build` from the commands themselves."""

from __future__ import annotations

from ecosystem.labels import Label

SHORT: dict[str, Label] = {
    "import": Label(
        "Lit vos fichiers tels qu'ils sont (Excel, CSV, Kumu, Gephi, catalogue …) et en fait un dossier de tables",
        "Read your files as they are (Excel, CSV, Kumu, Gephi, catalogue …) and make a folder of tables of them",
    ),
    "template": Label(
        "Écrit un classeur Excel à remplir : une feuille par table, des listes déroulantes, un mode d'emploi",
        "Write an Excel workbook to fill in: a sheet a table, drop-downs, how to fill it",
    ),
    "merge-actors": Label(
        "Propose les acteurs qui n'en font peut-être qu'un ; réunit ceux d'une liste relue",
        "Propose actors that may be one; join those of a reviewed list",
    ),
    "check": Label(
        "Vérifie une source et montre tous ses problèmes : fichier, ligne, colonne, que faire",
        "Check a source and show every problem: file, line, column, what to do",
    ),
    "load": Label(
        "Charge une source dans le graphe : à NEO4J_URI s'il est donné, sinon dans le stockage embarqué",
        "Load a source into the graph: at NEO4J_URI if it is set, else into the embedded store",
    ),
    "run": Label(
        "Fait tout : cartes, tables, requêtes et constats de chaque territoire dans un dossier",
        "Do it all: maps, tables, queries and findings of every territory in a folder",
    ),
    "brokers": Label(
        "Qui tient le réseau : les acteurs, leurs rôles d'intermédiaire, leurs mesures, et jusqu'où s'y fier",
        "Who holds the network together: actors, their roles as brokers, their measures, and how far to trust them",
    ),
    "gaps": Label(
        "Ce qui manque : chaque manque avec sa raison, ses preuves et une prochaine étape, les plus graves d'abord",
        "What is missing: each gap with its reason, its evidence and a next step, the heaviest first",
    ),
    "agenda": Label(
        "Les conversations à avoir : qui réunir, sur quoi, pourquoi, ce qui s'y oppose, que proposer ; puis ce qu'il faut savoir et à qui le demander, et ce qu'il faut surveiller",
        "The conversations to have: whom to bring together, about what, why, what stands in the way, what to propose; then what is to be found out and from whom, and what is to be watched",
    ),
    "match": Label(
        "Qui pourrait répondre à chaque besoin non couvert : détenteur, voie, obstacles, instrument",
        "Who could meet each unmet need: holder, route, obstacles, instrument",
    ),
    "what-if": Label(
        "Ce qui changerait si quelqu'un agissait : avant, après, différence",
        "What would change if someone acted: before, after, difference",
    ),
    "map": Label(
        "Écrit la carte : un fichier HTML qui s'ouvre sans réseau et sans rien installer",
        "Write the map: one HTML file that opens without a network and without installing anything",
    ),
    "export": Label(
        "Écrit le réseau, avec positions, rôles et mesures, pour Gephi, R, UCINET, un tableur ; ou les tables en paquet de données",
        "Write the network, with positions, roles and measures, for Gephi, R, UCINET, a spreadsheet; or the tables as a data package",
    ),
    "measures": Label(
        "Les mesures, une par une, avec leur définition",
        "Measures, one by one, with their definition",
    ),
    "query": Label(
        "Les questions prêtes à poser au graphe",
        "Questions ready to ask the graph",
    ),
    "store": Label(
        "Le stockage embarqué, quand il n'y a pas de Neo4j",
        "The embedded store, when there is no Neo4j",
    ),
}
