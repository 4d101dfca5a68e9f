// title.fr: Les flux sans instrument
// title.en: Flows without an instrument
// question.fr: Quels flux ne reposent sur aucun instrument connu ?
// question.en: Which flows rest on no known instrument?
// note.fr: Instrument informel, non documenté ou vide. Non documenté ne veut pas dire absent : la source lue n'en parle pas.
// note.en: Instrument informal, not documented or empty. Not documented does not mean absent: the source that was read does not speak of it.
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: status string = "active"   status of the flows; empty: any | état des flux ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: mode string   what the sharing rests on | ce qui encadre le partage
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: personal_data string   whether it holds personal data: yes, no, unknown | s'il contient des données personnelles : yes, no, unknown
// returns: status string   how far the flow has come | où en est le flux
// returns: note string   what the source says | ce que dit la source
// returns: flow string   the flow | le flux
// returns: source string   the source | la source

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
  AND coalesce(f.mode, "unknown") IN ["informal", "unknown"]
  AND ($status = "" OR f.status = $status)
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
OPTIONAL MATCH (f)-[:CITES]->(s:Source)
RETURN f.mode AS mode, p.id AS provider, coalesce(p.name, p.id) AS provider_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name,
       d.id AS dataset, coalesce(d.title, d.id) AS title, d.personal_data AS personal_data,
       f.status AS status, f.note AS note, f.id AS flow, s.id AS source
ORDER BY mode, flow
