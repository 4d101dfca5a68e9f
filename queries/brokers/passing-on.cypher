// title.fr: Les intermédiaires qui transmettent
// title.en: Intermediaries that pass data on
// question.fr: Qui reçoit un jeu de données et le passe à d'autres ?
// question.en: Who receives a dataset and passes it on to others?
// note.fr: Flux actifs d'un même jeu, de A à l'intermédiaire puis à C, A et C différents. Le grand public (identifiant reutilisateurs…) est montré mais n'entre pas dans `named`.
// note.en: Active flows of the same dataset, from A to the intermediary and on to C, A and C being different. The general public (identifier reutilisateurs…) is shown but is not in `named`.
// param: territory string = ""   a territory: the intermediary or the dataset is in it; empty: all | un territoire : l'intermédiaire ou le jeu en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: broker string   the intermediary | l'intermédiaire
// returns: broker_name string   its name | son nom
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: holds_it boolean   the intermediary holds the dataset itself | l'intermédiaire détient lui-même le jeu
// returns: providers list   who gives it the dataset | qui lui donne le jeu
// returns: recipients list   to whom it passes it on | à qui il le passe
// returns: named integer   recipients but for the general public, number | destinataires hors grand public, nombre
// returns: to_the_public boolean   it passes it on to the general public | il le passe au grand public

MATCH (p:Actor)-[:PROVIDES]->(i:Flow {status: "active"})-[:TO]->(b:Actor)
WHERE ($source = "" OR p._source = $source)
MATCH (b)-[:PROVIDES]->(o:Flow {status: "active"})-[:TO]->(r:Actor)
MATCH (i)-[:OF]->(d:Dataset)<-[:OF]-(o)
WHERE p <> b AND r <> b AND p <> r
  AND ($territory = ""
    OR EXISTS { (b)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (d)-[:IN]->(:Territory {id: $territory}) })
WITH DISTINCT b, d, p.id AS provider, r.id AS recipient
ORDER BY provider, recipient
WITH b, d, collect(DISTINCT provider) AS providers, collect(recipient) AS passed
CALL (passed) {
  UNWIND passed AS recipient
  WITH DISTINCT recipient
  ORDER BY recipient
  RETURN collect(recipient) AS recipients
}
WITH b, d, providers, recipients,
     size([x IN recipients WHERE NOT x STARTS WITH "reutilisateurs"]) AS named
RETURN b.id AS broker, coalesce(b.name, b.id) AS broker_name,
       d.id AS dataset, coalesce(d.title, d.id) AS title,
       EXISTS { (b)-[:HOLDS]->(d) } AS holds_it, providers, recipients,
       named, named < size(recipients) AS to_the_public
ORDER BY named DESC, broker, dataset
