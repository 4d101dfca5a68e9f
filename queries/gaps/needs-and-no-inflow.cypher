// title.fr: Les acteurs qui ont des besoins et ne reçoivent rien
// title.en: Actors with needs that receive nothing
// question.fr: Quels acteurs expriment des besoins sans recevoir aucun flux actif ?
// question.en: Which actors express needs and receive no active flow?
// note.fr: `expected` compte les flux prévus, souhaités ou bloqués vers l'acteur.
// note.en: `expected` counts the flows planned, wished or blocked towards the actor.
// param: territory string = ""   a territory: the actor is in it; empty: all | un territoire : l'acteur en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: actor string   the actor | l'acteur
// returns: actor_name string   its name | son nom
// returns: sector string   its sector | son secteur
// returns: needs integer   needs, number | besoins, nombre
// returns: need_ids list   these needs | ces besoins
// returns: expected integer   flows towards it that do not happen yet, number | flux vers lui qui n'ont pas encore lieu, nombre

MATCH (a:Actor)-[:EXPRESSES]->(n:Need)
WHERE ($source = "" OR a._source = $source)
  AND NOT EXISTS { (:Flow {status: "active"})-[:TO]->(a) }
  AND ($territory = "" OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) })
WITH a, n
ORDER BY n.id
WITH a, collect(n.id) AS need_ids
RETURN a.id AS actor, coalesce(a.name, a.id) AS actor_name, a.sector AS sector,
       size(need_ids) AS needs, need_ids,
       COUNT { MATCH (f:Flow)-[:TO]->(a) WHERE f.status IN ["planned", "wished", "blocked"] } AS expected
ORDER BY needs DESC, actor
