// title.fr: Les obstacles au partage
// title.en: The barriers to sharing
// question.fr: Quels obstacles les flux rencontrent-ils, et où en sont ces flux ?
// question.en: Which barriers do flows meet, and how far have these flows come?
// note.fr: Un flux actif peut avoir un obstacle : il passe, mal. Les flux sans obstacle renseigné n'y sont pas.
// note.en: An active flow may have a barrier: it passes, badly. Flows with no barrier stated are not in it.
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: barrier string   what slows or stops it | ce qui freine ou bloque
// returns: status string   how far the flow has come | où en est le flux
// returns: flows integer   flows, number | flux, nombre
// returns: actors integer   actors at either end, number | acteurs à l'un des bouts, nombre
// returns: flow_ids list   these flows | ces flux

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
  AND f.barrier IS NOT NULL
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
UNWIND [p.id, r.id] AS actor
WITH f, actor
ORDER BY f.id
RETURN f.barrier AS barrier, f.status AS status, count(DISTINCT f.id) AS flows,
       count(DISTINCT actor) AS actors, collect(DISTINCT f.id) AS flow_ids
ORDER BY barrier, status
