// title.fr: Les flux sans lien
// title.en: Flows without ties
// question.fr: Entre quels acteurs des données passent-elles sans qu'un lien soit connu ?
// question.en: Between which actors do data pass with no tie known?
// note.fr: Flux actifs dans un sens ou dans l'autre. Un lien : une ligne de la table des liens, ou une appartenance directe (service d'une autorité). Le grand public (identifiant reutilisateurs…) est laissé de côté.
// note.en: Active flows in either direction. A tie: a row of the table of ties, or a direct membership (department of an authority). The general public (identifier reutilisateurs…) is left out.
// param: territory string = ""   a territory: one of the two is in it; empty: all | un territoire : l'un des deux en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: first string   one of the two actors | l'un des deux acteurs
// returns: first_name string   its name | son nom
// returns: second string   the other | l'autre
// returns: second_name string   its name | son nom
// returns: flows integer   active flows between them, number | flux actifs entre eux, nombre
// returns: modes list   what they rest on | ce qui les encadre
// returns: flow_ids list   these flows | ces flux

MATCH (x:Actor)-[:PROVIDES]->(f:Flow {status: "active"})-[:TO]->(y:Actor)
WHERE ($source = "" OR x._source = $source)
WITH f, CASE WHEN x.id < y.id THEN x ELSE y END AS a, CASE WHEN x.id < y.id THEN y ELSE x END AS b
WHERE a <> b
  AND NOT a.id STARTS WITH "reutilisateurs" AND NOT b.id STARTS WITH "reutilisateurs"
  AND NOT EXISTS { (a)-[:TIED_TO|PART_OF]-(b) }
  AND ($territory = ""
    OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (b)-[:IN]->(:Territory {id: $territory}) })
WITH a, b, f
ORDER BY f.mode, f.id
WITH a, b, collect(DISTINCT f.mode) AS modes, collect(f.id) AS flow_ids
RETURN a.id AS first, coalesce(a.name, a.id) AS first_name,
       b.id AS second, coalesce(b.name, b.id) AS second_name,
       size(flow_ids) AS flows, modes, flow_ids
ORDER BY flows DESC, first, second
