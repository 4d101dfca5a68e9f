// title.fr: Qui réunir
// title.en: Whom to bring together
// question.fr: Entre quelles maisons des données sont-elles prévues, souhaitées ou bloquées, et qui en a besoin ?
// question.en: Between which houses are data planned, wished or blocked, and who needs them?
// note.fr: Une maison est une autorité avec ses services. `both_ways` dit que chacune attend des données de l'autre.
// note.en: A house is an authority with its departments. `both_ways` says that each waits for data of the other.
// param: territory string = ""   a territory: one end or the dataset is in it; empty: all | un territoire : l'un des bouts ou le jeu en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: first string   one of the two houses | l'une des deux maisons
// returns: first_name string   its name | son nom
// returns: second string   the other | l'autre
// returns: second_name string   its name | son nom
// returns: both_ways boolean   data wait in both directions | des données attendent dans les deux sens
// returns: datasets list   the datasets that wait | les jeux qui attendent
// returns: statuses list   statuses of their flows | états de leurs flux
// returns: barriers list   barriers noted on them | obstacles notés sur eux
// returns: flows list   these flows | ces flux
// returns: need_ids list   needs of the two houses for these datasets | besoins des deux maisons pour ces jeux
// returns: exchanges integer   active flows between the two, number | flux actifs entre les deux, nombre

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source) AND f.status IN ["planned", "wished", "blocked"]
MATCH (p)-[:PART_OF*0..]->(giver:Actor) WHERE NOT EXISTS { (giver)-[:PART_OF]->(:Actor) }
MATCH (r)-[:PART_OF*0..]->(taker:Actor) WHERE NOT EXISTS { (taker)-[:PART_OF]->(:Actor) }
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
WITH f, p, r, d, giver, taker
WHERE giver <> taker
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (d)-[:IN]->(:Territory {id: $territory}) })
WITH f, d, giver,
     CASE WHEN giver.id < taker.id THEN giver ELSE taker END AS a,
     CASE WHEN giver.id < taker.id THEN taker ELSE giver END AS b
ORDER BY d.id, f.id
WITH a, b, collect(DISTINCT giver.id) AS givers, collect(DISTINCT d.id) AS datasets, collect(f.id) AS flows
CALL (a, b, datasets) {
  OPTIONAL MATCH (x:Actor)-[:EXPRESSES]->(n:Need)-[:FOR]->(d:Dataset)
  WHERE d.id IN datasets AND x._source = a._source
    AND (EXISTS { (x)-[:PART_OF*0..]->(a) } OR EXISTS { (x)-[:PART_OF*0..]->(b) })
  WITH DISTINCT n.id AS need
  ORDER BY need
  RETURN collect(need) AS need_ids
}
CALL (a, flows) {
  MATCH (f:Flow) WHERE f.id IN flows AND f._source = a._source
  WITH DISTINCT f.status AS status
  ORDER BY status
  RETURN collect(status) AS statuses
}
CALL (a, flows) {
  OPTIONAL MATCH (f:Flow) WHERE f.id IN flows AND f._source = a._source
  WITH DISTINCT f.barrier AS barrier
  ORDER BY barrier
  RETURN collect(barrier) AS barriers
}
RETURN a.id AS first, coalesce(a.name, a.id) AS first_name,
       b.id AS second, coalesce(b.name, b.id) AS second_name,
       size(givers) = 2 AS both_ways, datasets, statuses, barriers, flows, need_ids,
       COUNT {
         MATCH (x:Actor)-[:PROVIDES]->(e:Flow {status: "active"})-[:TO]->(y:Actor)
         WHERE (EXISTS { (x)-[:PART_OF*0..]->(a) } AND EXISTS { (y)-[:PART_OF*0..]->(b) })
            OR (EXISTS { (x)-[:PART_OF*0..]->(b) } AND EXISTS { (y)-[:PART_OF*0..]->(a) })
       } AS exchanges
ORDER BY size(need_ids) DESC, size(flows) DESC, first, second
