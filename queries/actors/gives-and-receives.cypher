// title.fr: Ce qu'un acteur donne et reçoit
// title.en: What an actor gives and receives
// question.fr: Quels flux partent d'un acteur ou lui arrivent, actifs ou non ?
// question.en: Which flows leave an actor or reach it, active or not?
// param: actor string   the actor | l'acteur
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// example: actor = "ca-la-rochelle"
// returns: direction string   gives or receives | gives (donne) ou receives (reçoit)
// returns: partner string   the actor at the other end | l'acteur à l'autre bout
// returns: partner_name string   its name | son nom
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: status string   how far the flow has come | où en est le flux
// returns: mode string   what the sharing rests on | ce qui encadre le partage
// returns: barrier string   what slows or stops it | ce qui freine ou bloque
// returns: flow string   the flow | le flux

MATCH (a:Actor {id: $actor})
WHERE ($source = "" OR a._source = $source)
CALL (a) {
  MATCH (a)-[:PROVIDES]->(f:Flow)-[:TO]->(o:Actor)
  RETURN "gives" AS direction, f, o
  UNION ALL
  MATCH (o:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(a)
  RETURN "receives" AS direction, f, o
}
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
RETURN direction, o.id AS partner, coalesce(o.name, o.id) AS partner_name,
       d.id AS dataset, coalesce(d.title, d.id) AS title,
       f.status AS status, f.mode AS mode, f.barrier AS barrier, f.id AS flow
ORDER BY direction, status, partner, flow
