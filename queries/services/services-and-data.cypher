// title.fr: Les services et leurs données
// title.en: Services and their data
// question.fr: Quels services existent, qui les porte, et sur quelles données reposent-ils ?
// question.en: Which services are there, who runs them, and which data do they rest on?
// note.fr: `from_others` compte les jeux qu'un autre que le porteur détient.
// note.en: `from_others` counts the datasets that somebody other than the operator holds.
// param: territory string = ""   a territory: the service is in it; empty: all | un territoire : le service en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: service string   the service | le service
// returns: service_name string   its name | son nom
// returns: theme string   EU data theme | thème européen de données
// returns: status string   how far the service has come | où en est le service
// returns: operator string   the actor that runs it | l'acteur qui le fait vivre
// returns: operator_name string   its name | son nom
// returns: datasets list   the datasets it uses or requires | les jeux utilisés ou requis
// returns: open integer   of which open, number | dont ouverts, nombre
// returns: from_others integer   of which held by another actor, number | dont détenus par un autre acteur, nombre

MATCH (v:Service)
WHERE ($source = "" OR v._source = $source)
  AND ($territory = "" OR EXISTS { (v)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (a:Actor)-[:OPERATES]->(v)
OPTIONAL MATCH (v)-[:USES]->(d:Dataset)
OPTIONAL MATCH (h:Actor)-[:HOLDS]->(d)
WITH v, a, d, h
ORDER BY d.id
WITH v, a, collect(d.id) AS datasets,
     sum(CASE WHEN d.access = "open" THEN 1 ELSE 0 END) AS open,
     sum(CASE WHEN h.id <> a.id THEN 1 ELSE 0 END) AS from_others
RETURN v.id AS service, coalesce(v.name, v.id) AS service_name, v.theme AS theme, v.status AS status,
       a.id AS operator, coalesce(a.name, a.id) AS operator_name, datasets, open, from_others
ORDER BY service
