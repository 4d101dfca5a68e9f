// title.fr: Ce qui passe d'un territoire à l'autre
// title.en: What passes between territories
// question.fr: Quels flux vont d'un acteur d'un territoire à un acteur d'un autre ?
// question.en: Which flows go from an actor of one territory to an actor of another?
// note.fr: Selon le territoire de rattachement des deux acteurs ; les échelles nationale et supranationale comptent comme des territoires.
// note.en: By the territory that the two actors belong to; the national and supranational scales count as territories.
// param: territory string = ""   a territory: the provider or the recipient is in it; empty: all | un territoire : le fournisseur ou le destinataire en est ; vide : tous
// param: status string = "active"   status of the flows; empty: any | état des flux ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: from_territory string   territory of the provider | territoire du fournisseur
// returns: to_territory string   territory of the recipient | territoire du destinataire
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: status string   how far the flow has come | où en est le flux
// returns: mode string   what the sharing rests on | ce qui encadre le partage
// returns: flow string   the flow | le flux

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
MATCH (p)-[:IN]->(here:Territory)
MATCH (r)-[:IN]->(there:Territory)
WHERE here <> there
  AND ($territory = "" OR here.id = $territory OR there.id = $territory)
  AND ($status = "" OR f.status = $status)
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
RETURN here.id AS from_territory, there.id AS to_territory,
       p.id AS provider, coalesce(p.name, p.id) AS provider_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name,
       d.id AS dataset, coalesce(d.title, d.id) AS title,
       f.status AS status, f.mode AS mode, f.id AS flow
ORDER BY from_territory, to_territory, flow
