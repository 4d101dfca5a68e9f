// title.fr: Les chaînes entre deux acteurs
// title.en: The chains between two actors
// question.fr: Par qui les données passent-elles d'un acteur à un autre, au plus court ?
// question.en: Through whom do data go from one actor to another, at the shortest?
// note.fr: Les plus courtes chaînes de flux actifs, dans le sens de la donnée, de quatre flux au plus ; une ligne par flux de chaque étape. Les étapes peuvent porter des jeux différents : une chaîne est un chemin possible, pas le trajet d'un jeu.
// note.en: The shortest chains of active flows, in the direction of the data, four flows at most; one row a flow of each step. Steps may carry different datasets: a chain is a possible path, not the way of one dataset.
// param: from string   where the chains begin | où les chaînes commencent
// param: to string   where they end | où elles finissent
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// example: from = "sdis-17"
// example: to = "lr-communes"
// returns: chain integer   rank of the chain, from 1 | rang de la chaîne, à partir de 1
// returns: length integer   steps of the chain, number | étapes de la chaîne, nombre
// returns: step integer   rank of the step, from 1 | rang de l'étape, à partir de 1
// returns: provider string   the actor that gives | l'acteur qui donne
// returns: provider_name string   its name | son nom
// returns: recipient string   the actor that receives | l'acteur qui reçoit
// returns: recipient_name string   its name | son nom
// returns: flow string   the flow | le flux
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre

MATCH (a:Actor {id: $from})
WHERE ($source = "" OR a._source = $source)
MATCH (b:Actor {id: $to})
WHERE ($source = "" OR b._source = $source)
MATCH path = (a) ((:Actor)-[:PROVIDES]->(hop:Flow WHERE hop.status = "active")-[:TO]->(:Actor)){1,4} (b)
WHERE a <> b
WITH DISTINCT [n IN nodes(path) WHERE n:Actor | n.id] AS actors, size(hop) AS length
ORDER BY length, actors
WITH length, collect(actors) AS chains
ORDER BY length
LIMIT 1
UNWIND range(1, size(chains)) AS chain
UNWIND range(1, length) AS step
MATCH (p:Actor {id: chains[chain - 1][step - 1]})
WHERE ($source = "" OR p._source = $source)
MATCH (r:Actor {id: chains[chain - 1][step]})
WHERE ($source = "" OR r._source = $source)
MATCH (p)-[:PROVIDES]->(f:Flow {status: "active"})-[:TO]->(r)
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
RETURN chain, length, step, p.id AS provider, coalesce(p.name, p.id) AS provider_name,
       r.id AS recipient, coalesce(r.name, r.id) AS recipient_name,
       f.id AS flow, d.id AS dataset, coalesce(d.title, d.id) AS title
ORDER BY chain, step, flow
