// title.fr: Les partenaires communs à deux acteurs
// title.en: Partners that two actors have in common
// question.fr: Qui échange des données avec l'un et avec l'autre de deux acteurs ?
// question.en: Who exchanges data with both of two actors?
// note.fr: Flux actifs, quel que soit leur sens. Le grand public (identifiant reutilisateurs…) ne relie personne et est laissé de côté.
// note.en: Active flows, whatever their direction. The general public (identifier reutilisateurs…) connects nobody and is left out.
// param: first string   one actor | un acteur
// param: second string   another | un autre
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// example: first = "sig-geneve"
// example: second = "ge-dit"
// returns: partner string   the actor in common | l'acteur commun
// returns: partner_name string   its name | son nom
// returns: sector string   its sector | son secteur
// returns: from_first integer   active flows it receives from the first, number | flux actifs qu'il reçoit du premier, nombre
// returns: to_first integer   active flows it gives to the first, number | flux actifs qu'il donne au premier, nombre
// returns: from_second integer   active flows it receives from the second, number | flux actifs qu'il reçoit du second, nombre
// returns: to_second integer   active flows it gives to the second, number | flux actifs qu'il donne au second, nombre

MATCH (a:Actor {id: $first})
WHERE ($source = "" OR a._source = $source)
MATCH (b:Actor {id: $second})
WHERE ($source = "" OR b._source = $source)
MATCH (o:Actor)
WHERE ($source = "" OR o._source = $source)
  AND o <> a AND o <> b AND a <> b AND NOT o.id STARTS WITH "reutilisateurs"
WITH o,
     COUNT { (a)-[:PROVIDES]->(:Flow {status: "active"})-[:TO]->(o) } AS from_first,
     COUNT { (o)-[:PROVIDES]->(:Flow {status: "active"})-[:TO]->(a) } AS to_first,
     COUNT { (b)-[:PROVIDES]->(:Flow {status: "active"})-[:TO]->(o) } AS from_second,
     COUNT { (o)-[:PROVIDES]->(:Flow {status: "active"})-[:TO]->(b) } AS to_second
WHERE from_first + to_first > 0 AND from_second + to_second > 0
RETURN o.id AS partner, coalesce(o.name, o.id) AS partner_name, o.sector AS sector,
       from_first, to_first, from_second, to_second
ORDER BY from_first + to_first + from_second + to_second DESC, partner
