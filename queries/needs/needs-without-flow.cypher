// title.fr: Les besoins auxquels aucun flux ne répond
// title.en: Needs that no flow meets
// question.fr: Quels besoins nomment un jeu que l'acteur n'a pas, et où en est le partage ?
// question.en: Which needs name a dataset that the actor does not have, and how far has sharing come?
// note.fr: Un besoin est satisfait si l'acteur détient le jeu, si le jeu est ouvert, ou si l'acteur en reçoit un flux actif. Les besoins qui ne nomment aucun jeu ne peuvent pas être jugés et ne sont pas ici.
// note.en: A need is met if the actor holds the dataset, if the dataset is open, or if the actor receives an active flow of it. Needs that name no dataset cannot be judged and are not here.
// param: territory string = ""   a territory: the actor in need is in it; empty: all | un territoire : l'acteur qui a besoin en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: need string   the need | le besoin
// returns: actor string   the actor | l'acteur
// returns: actor_name string   its name | son nom
// returns: purpose string   what it is for | pour quoi faire
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: access string   who can reach the dataset | qui peut atteindre le jeu
// returns: holder string   the actor that holds the dataset; empty: not stated | l'acteur qui détient le jeu ; vide : non renseigné
// returns: holder_name string   its name | son nom
// returns: same_authority boolean   holder and actor belong to the same authority | détenteur et acteur relèvent de la même autorité
// returns: statuses list   statuses of the flows of it to the actor | états de ses flux vers l'acteur
// returns: barriers list   their barriers | leurs obstacles
// returns: others integer   other actors that receive it actively, number | autres acteurs qui le reçoivent activement, nombre
// returns: source string   the source | la source

MATCH (a:Actor)-[:EXPRESSES]->(n:Need)-[:FOR]->(d:Dataset)
WHERE ($source = "" OR a._source = $source)
  AND coalesce(d.access, "unknown") <> "open"
  AND NOT EXISTS { (a)-[:HOLDS]->(d) }
  AND NOT EXISTS { (d)<-[:OF]-(:Flow {status: "active"})-[:TO]->(a) }
  AND ($territory = "" OR EXISTS { (a)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (h:Actor)-[:HOLDS]->(d)
OPTIONAL MATCH (n)-[:CITES]->(s:Source)
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
CALL (d) {
  OPTIONAL MATCH (d)<-[:OF]-(:Flow {status: "active"})-[:TO]->(o:Actor)
  RETURN count(DISTINCT o.id) AS others
}
RETURN n.id AS need, a.id AS actor, coalesce(a.name, a.id) AS actor_name, n.purpose AS purpose,
       d.id AS dataset, coalesce(d.title, d.id) AS title, d.access AS access,
       h.id AS holder, coalesce(h.name, h.id) AS holder_name,
       h IS NOT NULL
         AND EXISTS { (a)-[:PART_OF*0..]->(:Actor)<-[:PART_OF*0..]-(h) } AS same_authority,
       statuses, barriers, others, s.id AS source
ORDER BY actor, need
