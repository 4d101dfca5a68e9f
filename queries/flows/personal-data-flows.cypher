// title.fr: Les données personnelles qui passent
// title.en: Personal data that flow
// question.fr: Quelles données personnelles passent, de qui à qui, et sur quel instrument ?
// question.en: Which personal data pass, from whom to whom, and on what instrument?
// note.fr: `unknown` n'est pas `no` : `with_unknown` ajoute les jeux dont on ne sait pas s'ils en contiennent.
// note.en: `unknown` is not `no`: `with_unknown` adds the datasets of which it is not known whether they hold any.
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: status string = "active"   status of the flows; empty: any | état des flux ; vide : tous
// param: with_unknown boolean = false   count datasets not documented too | compter aussi les jeux non documentés
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: personal_data string   whether it holds personal data: yes, no, unknown | s'il contient des données personnelles : yes, no, unknown
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: status string   how far the flow has come | où en est le flux
// returns: mode string   what the sharing rests on | ce qui encadre le partage
// returns: barrier string   what slows or stops it | ce qui freine ou bloque
// returns: note string   what the source says | ce que dit la source
// returns: flow string   the flow | le flux

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
MATCH (f)-[:OF]->(d:Dataset)
WHERE (d.personal_data = "yes"
       OR ($with_unknown AND coalesce(d.personal_data, "unknown") = "unknown"))
  AND ($status = "" OR f.status = $status)
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
RETURN d.id AS dataset, coalesce(d.title, d.id) AS title, d.personal_data AS personal_data,
       p.id AS provider, coalesce(p.name, p.id) AS provider_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name,
       f.status AS status, f.mode AS mode, f.barrier AS barrier, f.note AS note, f.id AS flow
ORDER BY dataset, flow
