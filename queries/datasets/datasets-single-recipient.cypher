// title.fr: Les jeux à destinataire unique
// title.en: Datasets with a single recipient
// question.fr: Quels jeux de données n'arrivent qu'à un seul acteur ?
// question.en: Which datasets reach one actor only?
// note.fr: Seuls les flux actifs comptent ; le détenteur n'est pas un destinataire de son jeu, le grand public n'est pas un acteur unique. Les jeux ouverts ne comptent que si `with_open` est vrai.
// note.en: Only active flows count; the holder is not a recipient of its own dataset, the general public is not one actor. Open datasets count only if `with_open` is true.
// param: territory string = ""   a territory: datasets that are in it; empty: all | un territoire : jeux qui en sont ; vide : tous
// param: with_open boolean = false   count open datasets too | compter aussi les jeux ouverts
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: access string   who can reach the dataset | qui peut atteindre le jeu
// returns: holder string   the actor that holds the dataset; empty: not stated | l'acteur qui détient le jeu ; vide : non renseigné
// returns: holder_name string   its name | son nom
// returns: recipient string   its only recipient | son seul destinataire
// returns: recipient_name string   its name | son nom
// returns: flows integer   active flows to it, number | flux actifs vers lui, nombre

MATCH (f:Flow {status: "active"})-[:OF]->(d:Dataset)
WHERE ($source = "" OR f._source = $source)
MATCH (f)-[:TO]->(r:Actor)
WHERE ($with_open OR coalesce(d.access, "unknown") <> "open")
  AND NOT EXISTS { (r)-[:HOLDS]->(d) }
  AND ($territory = "" OR EXISTS { (d)-[:IN]->(:Territory {id: $territory}) })
WITH d, count(DISTINCT r.id) AS recipients, min(r.id) AS only, count(DISTINCT f.id) AS flows
WHERE recipients = 1 AND NOT only STARTS WITH "reutilisateurs"
MATCH (r:Actor {id: only})
WHERE ($source = "" OR r._source = $source)
OPTIONAL MATCH (h:Actor)-[:HOLDS]->(d)
RETURN d.id AS dataset, coalesce(d.title, d.id) AS title, d.access AS access,
       h.id AS holder, coalesce(h.name, h.id) AS holder_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name, flows
ORDER BY dataset
