// title.fr: Les services d'une même autorité
// title.en: The departments of one authority
// question.fr: Que donnent et reçoivent les services d'une autorité, au dedans et au dehors ?
// question.en: What do the departments of an authority give and receive, inside it and outside?
// note.fr: Au dedans : entre l'autorité et ses services à tous les niveaux. Seuls les flux actifs comptent.
// note.en: Inside: between the authority and its departments at every level. Only active flows count.
// param: authority string = ""   the authority at the top; empty: all | l'autorité au sommet ; vide : toutes
// param: territory string = ""   a territory: the authority is in it; empty: all | un territoire : l'autorité en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: authority string   the authority at the top | l'autorité au sommet
// returns: authority_name string   its name | son nom
// returns: department string   the department | le service
// returns: department_name string   its name | son nom
// returns: parent string   what it is directly part of | ce dont il fait directement partie
// returns: holds integer   datasets it holds, number | jeux qu'il détient, nombre
// returns: gives_inside integer   active flows it gives inside, number | flux actifs donnés au dedans, nombre
// returns: receives_inside integer   active flows it receives from inside, number | flux actifs reçus du dedans, nombre
// returns: gives_outside integer   active flows it gives outside, number | flux actifs donnés au dehors, nombre
// returns: receives_outside integer   active flows it receives from outside, number | flux actifs reçus du dehors, nombre

MATCH (m:Actor)-[:PART_OF*0..]->(top:Actor)
WHERE ($source = "" OR m._source = $source)
  AND NOT EXISTS { (top)-[:PART_OF]->(:Actor) }
  AND ($authority = "" OR top.id = $authority)
  AND ($territory = "" OR EXISTS { (top)-[:IN]->(:Territory {id: $territory}) })
WITH top, m
ORDER BY m.id
WITH top, collect(m.id) AS inside
MATCH (d:Actor)-[:PART_OF]->(up:Actor)
WHERE ($source = "" OR d._source = $source)
  AND d.id IN inside
RETURN top.id AS authority, coalesce(top.name, top.id) AS authority_name,
       d.id AS department, coalesce(d.name, d.id) AS department_name, up.id AS parent,
       COUNT { (d)-[:HOLDS]->(:Dataset) } AS holds,
       COUNT { MATCH (d)-[:PROVIDES]->(f:Flow {status: "active"})-[:TO]->(o:Actor)
               WHERE o.id IN inside } AS gives_inside,
       COUNT { MATCH (o:Actor)-[:PROVIDES]->(f:Flow {status: "active"})-[:TO]->(d)
               WHERE o.id IN inside } AS receives_inside,
       COUNT { MATCH (d)-[:PROVIDES]->(f:Flow {status: "active"})-[:TO]->(o:Actor)
               WHERE NOT o.id IN inside } AS gives_outside,
       COUNT { MATCH (o:Actor)-[:PROVIDES]->(f:Flow {status: "active"})-[:TO]->(d)
               WHERE NOT o.id IN inside } AS receives_outside
ORDER BY authority, department
