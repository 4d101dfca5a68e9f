// title.fr: Ce qui passe entre les services d'une autorité
// title.en: What passes between the departments of an authority
// question.fr: Quels flux relient une autorité et ses services, et lesquels sont bloqués ou souhaités ?
// question.en: Which flows link an authority and its departments, and which are blocked or wished?
// note.fr: Les deux bouts sont l'autorité elle-même ou l'un de ses services, à tous les niveaux.
// note.en: Both ends are the authority itself or one of its departments, at every level.
// param: authority string = ""   the authority at the top; empty: all | l'autorité au sommet ; vide : toutes
// param: territory string = ""   a territory: the authority is in it; empty: all | un territoire : l'autorité en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: authority string   the authority at the top | l'autorité au sommet
// returns: authority_name string   its name | son nom
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: status string   how far the flow has come | où en est le flux
// returns: mode string   what the sharing rests on | ce qui encadre le partage
// returns: barrier string   what slows or stops it | ce qui freine ou bloque
// returns: note string   what the source says | ce que dit la source
// returns: flow string   the flow | le flux

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
MATCH (p)-[:PART_OF*0..]->(top:Actor)
WHERE p <> r
  AND NOT EXISTS { (top)-[:PART_OF]->(:Actor) }
  AND EXISTS { (r)-[:PART_OF*0..]->(top) }
  AND ($authority = "" OR top.id = $authority)
  AND ($territory = "" OR EXISTS { (top)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
RETURN top.id AS authority, coalesce(top.name, top.id) AS authority_name,
       p.id AS provider, coalesce(p.name, p.id) AS provider_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name,
       d.id AS dataset, coalesce(d.title, d.id) AS title,
       f.status AS status, f.mode AS mode, f.barrier AS barrier, f.note AS note, f.id AS flow
ORDER BY authority, status, flow
