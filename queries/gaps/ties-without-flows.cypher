// title.fr: Les liens sans flux
// title.en: Ties without flows
// question.fr: Quels acteurs sont liés sans qu'aucune donnée passe entre eux ?
// question.en: Which actors are tied with no data passing between them?
// note.fr: Aucun flux actif dans un sens ni dans l'autre. `statuses` dit s'il y en a de prévus, souhaités, bloqués ou terminés.
// note.en: No active flow in either direction. `statuses` says whether some are planned, wished, blocked or ended.
// param: territory string = ""   a territory: one of the two is in it; empty: all | un territoire : l'un des deux en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: first string   one of the two actors | l'un des deux acteurs
// returns: first_name string   its name | son nom
// returns: second string   the other | l'autre
// returns: second_name string   its name | son nom
// returns: kinds list   kinds of ties | natures des liens
// returns: ties list   the ties | les liens
// returns: statuses list   statuses of the flows between them | états des flux entre eux

MATCH (x:Actor)-[t:TIED_TO]->(y:Actor)
WHERE ($source = "" OR x._source = $source)
WITH t, CASE WHEN x.id < y.id THEN x ELSE y END AS a, CASE WHEN x.id < y.id THEN y ELSE x END AS b
WHERE a <> b
  AND NOT EXISTS { (a)-[:PROVIDES]->(:Flow {status: "active"})-[:TO]->(b) }
  AND NOT EXISTS { (b)-[:PROVIDES]->(:Flow {status: "active"})-[:TO]->(a) }
  AND ($territory = ""
    OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (b)-[:IN]->(:Territory {id: $territory}) })
WITH a, b, t
ORDER BY t.kind, t.id
WITH a, b, collect(DISTINCT t.kind) AS kinds, collect(t.id) AS ties
CALL (a, b) {
  OPTIONAL MATCH (a)-[:PROVIDES|TO]-(f:Flow)-[:PROVIDES|TO]-(b)
  WITH DISTINCT f.status AS status
  ORDER BY status
  RETURN collect(status) AS statuses
}
RETURN a.id AS first, coalesce(a.name, a.id) AS first_name,
       b.id AS second, coalesce(b.name, b.id) AS second_name, kinds, ties, statuses
ORDER BY first, second
