// title.fr: Ce qui passe entre public et privé
// title.en: What crosses public and private
// question.fr: Quels flux relient un acteur public et un acteur privé, et dans quel sens ?
// question.en: Which flows link a public and a private actor, and in which direction?
// note.fr: Selon le secteur déclaré des acteurs ; les acteurs mixtes, de recherche et de la société civile n'y sont pas.
// note.en: By the sector stated for the actors; mixed, research and civil society actors are not in it.
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: status string = ""   status of the flows; empty: any | état des flux ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: provider_sector string   sector of the provider | secteur du fournisseur
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: recipient_sector string   sector of the recipient | secteur du destinataire
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: status string   how far the flow has come | où en est le flux
// returns: mode string   what the sharing rests on | ce qui encadre le partage
// returns: barrier string   what slows or stops it | ce qui freine ou bloque
// returns: flow string   the flow | le flux

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
  AND ((p.sector = "public" AND r.sector = "private") OR (p.sector = "private" AND r.sector = "public"))
  AND ($status = "" OR f.status = $status)
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
RETURN p.id AS provider, coalesce(p.name, p.id) AS provider_name, p.sector AS provider_sector,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name, r.sector AS recipient_sector,
       d.id AS dataset, coalesce(d.title, d.id) AS title,
       f.status AS status, f.mode AS mode, f.barrier AS barrier, f.id AS flow
ORDER BY provider_sector, status, flow
