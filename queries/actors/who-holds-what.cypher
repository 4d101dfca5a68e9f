// title.fr: Qui détient quoi
// title.en: Who holds what
// question.fr: Quels jeux de données chaque acteur détient-il, et qui peut les atteindre ?
// question.en: Which datasets does each actor hold, and who can reach them?
// param: territory string = ""   a territory: the holder or the dataset is in it; empty: all | un territoire : le détenteur ou le jeu en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: holder string   the actor that holds the dataset; empty: not stated | l'acteur qui détient le jeu ; vide : non renseigné
// returns: holder_name string   its name | son nom
// returns: sector string   its sector | son secteur
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: theme string   EU data theme | thème européen de données
// returns: access string   who can reach the dataset | qui peut atteindre le jeu
// returns: personal_data string   whether it holds personal data: yes, no, unknown | s'il contient des données personnelles : yes, no, unknown
// returns: territory string   the territory; empty: not stated | le territoire ; vide : non renseigné

MATCH (a:Actor)-[:HOLDS]->(d:Dataset)
WHERE ($source = "" OR a._source = $source)
  AND ($territory = ""
    OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (d)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (d)-[:IN]->(t:Territory)
RETURN a.id AS holder, coalesce(a.name, a.id) AS holder_name, a.sector AS sector,
       d.id AS dataset, coalesce(d.title, d.id) AS title, d.theme AS theme,
       d.access AS access, d.personal_data AS personal_data, t.id AS territory
ORDER BY holder, dataset
