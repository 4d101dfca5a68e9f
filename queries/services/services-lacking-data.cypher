// title.fr: Les services et les données qui leur manquent
// title.en: Services and the data they lack
// question.fr: Quels services utilisent ou requièrent un jeu que leur porteur n'a pas ?
// question.en: Which services use or require a dataset that their operator does not have?
// note.fr: Le porteur n'a pas le jeu s'il ne le détient pas, n'en reçoit aucun flux actif, et si le jeu n'est pas ouvert. Pour un service en cours, c'est un flux qui manque dans les données autant que sur le terrain. Un service sans porteur ne peut pas être jugé.
// note.en: The operator does not have the dataset if it does not hold it, receives no active flow of it, and the dataset is not open. For a live service, a flow is missing from the data as much as from the field. A service without an operator cannot be judged.
// param: territory string = ""   a territory: the service is in it; empty: all | un territoire : le service en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: service string   the service | le service
// returns: service_name string   its name | son nom
// returns: status string   how far the service has come | où en est le service
// returns: operator string   the actor that runs it | l'acteur qui le fait vivre
// returns: operator_name string   its name | son nom
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: access string   who can reach the dataset | qui peut atteindre le jeu
// returns: holder string   the actor that holds the dataset; empty: not stated | l'acteur qui détient le jeu ; vide : non renseigné
// returns: holder_name string   its name | son nom
// returns: statuses list   statuses of the flows of it to the operator | états de ses flux vers le porteur
// returns: barriers list   their barriers | leurs obstacles

MATCH (a:Actor)-[:OPERATES]->(v:Service)-[:USES]->(d:Dataset)
WHERE ($source = "" OR a._source = $source)
  AND coalesce(d.access, "unknown") <> "open"
  AND NOT EXISTS { (a)-[:HOLDS]->(d) }
  AND NOT EXISTS { (d)<-[:OF]-(:Flow {status: "active"})-[:TO]->(a) }
  AND ($territory = "" OR EXISTS { (v)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (h:Actor)-[:HOLDS]->(d)
CALL (a, d) {
  OPTIONAL MATCH (d)<-[:OF]-(f:Flow)-[:TO]->(a)
  WITH DISTINCT f.status AS status
  ORDER BY status
  RETURN collect(status) AS statuses
}
CALL (a, d) {
  OPTIONAL MATCH (d)<-[:OF]-(f:Flow)-[:TO]->(a)
  WITH DISTINCT f.barrier AS barrier
  ORDER BY barrier
  RETURN collect(barrier) AS barriers
}
RETURN v.id AS service, coalesce(v.name, v.id) AS service_name, v.status AS status,
       a.id AS operator, coalesce(a.name, a.id) AS operator_name,
       d.id AS dataset, coalesce(d.title, d.id) AS title, d.access AS access,
       h.id AS holder, coalesce(h.name, h.id) AS holder_name, statuses, barriers
ORDER BY service, dataset
