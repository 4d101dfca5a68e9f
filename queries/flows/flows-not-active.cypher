// title.fr: Ce qui est souhaité, prévu, bloqué ou terminé, et pourquoi
// title.en: What is wished, planned, blocked or ended, and why
// question.fr: Quels flux n'ont pas lieu, qu'est-ce qui les freine, et qui le dit ?
// question.en: Which flows do not happen, what holds them back, and who says so?
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: status string = ""   planned, wished, blocked or ended; empty: all four | planned, wished, blocked ou ended ; vide : les quatre
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: status string   how far the flow has come | où en est le flux
// returns: barrier string   what slows or stops it | ce qui freine ou bloque
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: note string   what the source says | ce que dit la source
// returns: flow string   the flow | le flux
// returns: source string   the source | la source
// returns: source_title string   title of the source | titre de la source
// returns: source_url string   address of the source | adresse de la source

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
  AND f.status <> "active" AND ($status = "" OR f.status = $status)
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
OPTIONAL MATCH (f)-[:CITES]->(s:Source)
RETURN f.status AS status, f.barrier AS barrier,
       p.id AS provider, coalesce(p.name, p.id) AS provider_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name,
       d.id AS dataset, coalesce(d.title, d.id) AS title, f.note AS note, f.id AS flow,
       s.id AS source, coalesce(s.title, s.id) AS source_title, s.url AS source_url
ORDER BY status, barrier, flow
