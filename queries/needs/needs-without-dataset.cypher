// title.fr: Les besoins qui ne nomment aucun jeu
// title.en: Needs that name no dataset
// question.fr: Quels besoins restent à traduire en données ?
// question.en: Which needs are still to be put into data?
// param: territory string = ""   a territory: the actor in need is in it; empty: all | un territoire : l'acteur qui a besoin en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: need string   the need | le besoin
// returns: actor string   the actor | l'acteur
// returns: actor_name string   its name | son nom
// returns: sector string   its sector | son secteur
// returns: theme string   EU data theme | thème européen de données
// returns: purpose string   what it is for | pour quoi faire
// returns: source string   the source | la source

MATCH (a:Actor)-[:EXPRESSES]->(n:Need)
WHERE ($source = "" OR a._source = $source)
  AND NOT EXISTS { (n)-[:FOR]->(:Dataset) }
  AND ($territory = "" OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (n)-[:CITES]->(s:Source)
RETURN n.id AS need, a.id AS actor, coalesce(a.name, a.id) AS actor_name, a.sector AS sector,
       n.theme AS theme, n.purpose AS purpose, s.id AS source
ORDER BY theme, need
