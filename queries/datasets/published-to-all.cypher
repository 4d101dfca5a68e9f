// title.fr: Ce qui est publié pour tous, par diffuseur
// title.en: What is published to everybody, by publisher
// question.fr: Qui diffuse des données au grand public, combien, et sous quelle licence ?
// question.en: Who gives data to the general public, how many, and under which licence?
// note.fr: Le grand public : les destinataires dont l'identifiant commence par reutilisateurs. Celui qui diffuse n'est pas toujours celui qui détient.
// note.en: The general public: recipients whose identifier begins with reutilisateurs. Who publishes is not always who holds.
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: publisher string   the actor that publishes | l'acteur qui diffuse
// returns: publisher_name string   its name | son nom
// returns: sector string   its sector | son secteur
// returns: active integer   active flows, number | flux actifs, nombre
// returns: expected integer   flows planned or wished, number | flux prévus ou souhaités, nombre
// returns: blocked integer   flows blocked, number | flux bloqués, nombre
// returns: datasets integer   datasets actively published, number | jeux activement diffusés, nombre
// returns: held integer   of which it holds itself, number | dont il détient lui-même, nombre
// returns: with_licence integer   of which with a licence named, number | dont avec une licence nommée, nombre
// returns: dataset_ids list   the datasets actively published | les jeux activement diffusés

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
  AND r.id STARTS WITH "reutilisateurs" AND f.status <> "ended"
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
OPTIONAL MATCH (h:Actor)-[:HOLDS]->(d)
WITH p, f, d, h, CASE WHEN f.status = "active" THEN d.id END AS out
ORDER BY out, f.id
WITH p,
     sum(CASE WHEN f.status = "active" THEN 1 ELSE 0 END) AS active,
     sum(CASE WHEN f.status IN ["planned", "wished"] THEN 1 ELSE 0 END) AS expected,
     sum(CASE WHEN f.status = "blocked" THEN 1 ELSE 0 END) AS blocked,
     count(DISTINCT CASE WHEN h.id = p.id THEN out END) AS held,
     count(DISTINCT CASE WHEN d.licence IS NOT NULL THEN out END) AS with_licence,
     collect(DISTINCT out) AS dataset_ids
RETURN p.id AS publisher, coalesce(p.name, p.id) AS publisher_name, p.sector AS sector,
       active, expected, blocked, size(dataset_ids) AS datasets, held, with_licence, dataset_ids
ORDER BY datasets DESC, publisher
