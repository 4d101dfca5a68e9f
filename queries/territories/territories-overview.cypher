// title.fr: Les territoires en chiffres
// title.en: The territories in figures
// question.fr: Combien d'acteurs, de jeux, de flux, de besoins et de services chaque territoire compte-t-il ?
// question.en: How many actors, datasets, flows, needs and services does each territory have?
// note.fr: Un flux ou un lien est compté dans chaque territoire qu'il touche : les totaux dépassent le nombre de flux et de liens. Un besoin est celui de son acteur.
// note.en: A flow or a tie is counted in each territory it touches: totals exceed the number of flows and ties. A need is where its actor is.
// param: territory string = ""   a territory; empty: all | un territoire ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: territory string   the territory; empty: not stated | le territoire ; vide : non renseigné
// returns: name string   its name | son nom
// returns: kind string   what kind of territory | statut du territoire
// returns: population integer   population, inhabitants | population, habitants
// returns: actors integer   actors in it, number | acteurs qui en sont, nombre
// returns: datasets integer   datasets in it, number | jeux qui en sont, nombre
// returns: flows integer   flows that touch it, number | flux qui le touchent, nombre
// returns: active integer   of which active, number | dont actifs, nombre
// returns: needs integer   needs of its actors, number | besoins de ses acteurs, nombre
// returns: services integer   services in it, number | services qui en sont, nombre
// returns: ties integer   ties that touch it, number | liens qui le touchent, nombre

MATCH (t:Territory)
WHERE ($source = "" OR t._source = $source)
  AND ($territory = "" OR t.id = $territory)
CALL (t) {
  MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
  WHERE EXISTS { (p)-[:IN]->(t) } OR EXISTS { (r)-[:IN]->(t) }
     OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(t) }
  RETURN count(f) AS flows, sum(CASE WHEN f.status = "active" THEN 1 ELSE 0 END) AS active
}
CALL (t) {
  MATCH (a:Actor)-[tie:TIED_TO]->(b:Actor)
  WHERE EXISTS { (a)-[:IN]->(t) } OR EXISTS { (b)-[:IN]->(t) }
  RETURN count(tie) AS ties
}
RETURN t.id AS territory, coalesce(t.name, t.id) AS name, t.kind AS kind, t.population AS population,
       COUNT { (:Actor)-[:IN]->(t) } AS actors, COUNT { (:Dataset)-[:IN]->(t) } AS datasets,
       flows, active, COUNT { (t)<-[:IN]-(:Actor)-[:EXPRESSES]->(:Need) } AS needs,
       COUNT { (:Service)-[:IN]->(t) } AS services, ties
ORDER BY territory
