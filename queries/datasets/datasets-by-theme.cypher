// title.fr: Les jeux par thème et par accès
// title.en: Datasets by theme and access
// question.fr: Sur quels thèmes y a-t-il des données, et qui peut les atteindre ?
// question.en: On which themes are there data, and who can reach them?
// param: territory string = ""   a territory: datasets that are in it; empty: all | un territoire : jeux qui en sont ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: theme string   EU data theme | thème européen de données
// returns: access string   who can reach the dataset | qui peut atteindre le jeu
// returns: datasets integer   datasets, number | jeux, nombre
// returns: shared integer   of which with an active flow, number | dont avec un flux actif, nombre
// returns: personal integer   of which with personal data, number | dont avec des données personnelles, nombre

MATCH (d:Dataset)
WHERE ($source = "" OR d._source = $source)
  AND ($territory = "" OR EXISTS { (d)-[:IN]->(:Territory {id: $territory}) })
WITH d, EXISTS { (:Flow {status: "active"})-[:OF]->(d) } AS flowing
RETURN d.theme AS theme, d.access AS access, count(d) AS datasets,
       sum(CASE WHEN flowing THEN 1 ELSE 0 END) AS shared,
       sum(CASE WHEN d.personal_data = "yes" THEN 1 ELSE 0 END) AS personal
ORDER BY theme, access
