// title.fr: Qui fournit à qui
// title.en: Who provides to whom
// question.fr: Quel acteur passe des données à quel autre, et lesquelles ?
// question.en: Which actor passes data to which other, and which data?
// note.fr: Une ligne par couple d'acteurs, dans le sens de la donnée.
// note.en: One row a pair of actors, in the direction of the data.
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: status string = "active"   status of the flows; empty: any | état des flux ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: flows integer   flows, number | flux, nombre
// returns: datasets list   the datasets they carry | les jeux qu'ils portent

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
  AND ($status = "" OR f.status = $status)
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
WITH p, r, f, d
ORDER BY d.id
WITH p, r, count(DISTINCT f.id) AS flows, collect(DISTINCT d.id) AS datasets
RETURN p.id AS provider, coalesce(p.name, p.id) AS provider_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name, flows, datasets
ORDER BY flows DESC, provider, recipient
