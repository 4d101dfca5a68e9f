// title.fr: Qui dépend d'un seul fournisseur
// title.en: Who depends on one provider only
// question.fr: Quels acteurs ne reçoivent de données que d'un seul autre acteur ?
// question.en: Which actors receive data from one other actor only?
// note.fr: Seuls les flux actifs comptent. Le grand public (identifiant reutilisateurs…) est laissé de côté.
// note.en: Only active flows count. The general public (identifier reutilisateurs…) is left out.
// param: territory string = ""   a territory: the actor that depends is in it; empty: all | un territoire : l'acteur qui dépend en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: actor string   the actor | l'acteur
// returns: actor_name string   its name | son nom
// returns: sector string   its sector | son secteur
// returns: provider string   its only provider | son seul fournisseur
// returns: provider_name string   its name | son nom
// returns: flows integer   active flows, number | flux actifs, nombre
// returns: datasets list   the datasets they carry | les jeux qu'ils portent

MATCH (p:Actor)-[:PROVIDES]->(f:Flow {status: "active"})-[:TO]->(a:Actor)
WHERE ($source = "" OR p._source = $source)
  AND p <> a AND NOT a.id STARTS WITH "reutilisateurs"
  AND ($territory = "" OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
WITH a, p, f, d
ORDER BY d.id
WITH a, count(DISTINCT p.id) AS providers, min(p.id) AS only,
     count(DISTINCT f.id) AS flows, collect(DISTINCT d.id) AS datasets
WHERE providers = 1
MATCH (p:Actor {id: only})
WHERE ($source = "" OR p._source = $source)
RETURN a.id AS actor, coalesce(a.name, a.id) AS actor_name, a.sector AS sector,
       p.id AS provider, coalesce(p.name, p.id) AS provider_name, flows, datasets
ORDER BY flows DESC, actor
