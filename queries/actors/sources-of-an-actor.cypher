// title.fr: Les sources derrière les flux d'un acteur
// title.en: The sources behind an actor's flows
// question.fr: Sur quels documents reposent les flux d'un acteur ?
// question.en: Which documents do an actor's flows rest on?
// note.fr: Une ligne sans source réunit les flux qui n'en citent pas.
// note.en: A row without a source gathers the flows that cite none.
// param: actor string   the actor | l'acteur
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// example: actor = "ca-la-rochelle"
// returns: source string   the source | la source
// returns: title string   its title | son titre
// returns: publisher string   who published it | qui l'a publiée
// returns: date string   its date | sa date
// returns: url string   its address | son adresse
// returns: flows integer   flows that cite it, number | flux qui la citent, nombre
// returns: flow_ids list   these flows | ces flux

MATCH (a:Actor {id: $actor})
WHERE ($source = "" OR a._source = $source)
MATCH (a)-[:PROVIDES|TO]-(f:Flow)
OPTIONAL MATCH (f)-[:CITES]->(s:Source)
WITH DISTINCT s, f
ORDER BY f.id
WITH s, collect(f.id) AS flow_ids
RETURN s.id AS source, coalesce(s.title, s.id) AS title, s.publisher AS publisher,
       s.date AS date, s.url AS url, size(flow_ids) AS flows, flow_ids
ORDER BY flows DESC, source
