// title.fr: Les besoins par thème
// title.en: Needs by theme
// question.fr: Sur quels thèmes demande-t-on des données, et combien de besoins restent sans réponse ?
// question.en: On which themes are data asked for, and how many needs go unanswered?
// note.fr: Un besoin est satisfait si l'acteur détient le jeu, si le jeu est ouvert, ou si l'acteur en reçoit un flux actif ; sans jeu nommé, on ne peut pas juger.
// note.en: A need is met if the actor holds the dataset, if the dataset is open, or if the actor receives an active flow of it; with no dataset named, it cannot be judged.
// param: territory string = ""   a territory: the actor in need is in it; empty: all | un territoire : l'acteur qui a besoin en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: theme string   EU data theme | thème européen de données
// returns: needs integer   needs, number | besoins, nombre
// returns: actors integer   actors that express them, number | acteurs qui les expriment, nombre
// returns: met integer   met, number | satisfaits, nombre
// returns: unmet integer   naming a dataset and not met, number | nommant un jeu et non satisfaits, nombre
// returns: no_dataset integer   naming no dataset, number | ne nommant aucun jeu, nombre

MATCH (a:Actor)-[:EXPRESSES]->(n:Need)
WHERE ($source = "" OR a._source = $source)
  AND ($territory = "" OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (n)-[:FOR]->(d:Dataset)
WITH a, n, d IS NOT NULL AS named,
     d IS NOT NULL AND (coalesce(d.access, "unknown") = "open"
       OR EXISTS { (a)-[:HOLDS]->(d) }
       OR EXISTS { (d)<-[:OF]-(:Flow {status: "active"})-[:TO]->(a) }) AS met
RETURN n.theme AS theme, count(n) AS needs, count(DISTINCT a.id) AS actors,
       sum(CASE WHEN met THEN 1 ELSE 0 END) AS met,
       sum(CASE WHEN named AND NOT met THEN 1 ELSE 0 END) AS unmet,
       sum(CASE WHEN named THEN 0 ELSE 1 END) AS no_dataset
ORDER BY needs DESC, theme
