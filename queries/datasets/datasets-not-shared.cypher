// title.fr: Les jeux qui ne sont pas partagés
// title.en: Datasets that are not shared
// question.fr: Quels jeux de données n'ont aucun flux actif ?
// question.en: Which datasets have no active flow?
// note.fr: Sans `ended` dans `statuses`, aucun partage n'est connu, même passé. Les jeux ouverts, que chacun peut atteindre, ne comptent que si `with_open` est vrai.
// note.en: Without `ended` in `statuses`, no sharing is known, not even in the past. Open datasets, which anybody can reach, count only if `with_open` is true.
// param: territory string = ""   a territory: datasets that are in it; empty: all | un territoire : jeux qui en sont ; vide : tous
// param: with_open boolean = false   count open datasets too | compter aussi les jeux ouverts
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: holder string   the actor that holds the dataset; empty: not stated | l'acteur qui détient le jeu ; vide : non renseigné
// returns: holder_name string   its name | son nom
// returns: theme string   EU data theme | thème européen de données
// returns: access string   who can reach the dataset | qui peut atteindre le jeu
// returns: personal_data string   whether it holds personal data: yes, no, unknown | s'il contient des données personnelles : yes, no, unknown
// returns: statuses list   statuses of its flows | états de ses flux
// returns: needs integer   needs that name it, number | besoins qui le nomment, nombre

MATCH (d:Dataset)
WHERE ($source = "" OR d._source = $source)
  AND ($with_open OR coalesce(d.access, "unknown") <> "open")
  AND NOT EXISTS { (:Flow {status: "active"})-[:OF]->(d) }
  AND ($territory = "" OR EXISTS { (d)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (h:Actor)-[:HOLDS]->(d)
OPTIONAL MATCH (f:Flow)-[:OF]->(d)
WITH DISTINCT d, h, f.status AS status
ORDER BY status
WITH d, h, collect(status) AS statuses
RETURN d.id AS dataset, coalesce(d.title, d.id) AS title,
       h.id AS holder, coalesce(h.name, h.id) AS holder_name,
       d.theme AS theme, d.access AS access, d.personal_data AS personal_data, statuses,
       COUNT { (:Need)-[:FOR]->(d) } AS needs
ORDER BY needs DESC, dataset
