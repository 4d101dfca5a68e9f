// title.fr: Ce qui passe d'un secteur à l'autre
// title.en: What passes from sector to sector
// question.fr: Combien de flux vont de chaque secteur à chaque autre, public et privé compris ?
// question.en: How many flows go from each sector to each other, public and private among them?
// note.fr: Le grand public (identifiant reutilisateurs…) est un destinataire comme un autre dans `active`, et compté à part dans `to_the_public`. Secteur vide : non renseigné.
// note.en: The general public (identifier reutilisateurs…) is a recipient like any other in `active`, and is counted apart in `to_the_public`. Empty sector: not stated.
// param: territory string = ""   a territory: flows whose dataset, provider or recipient is in it; empty: all | un territoire : flux dont le jeu, le fournisseur ou le destinataire en est ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: provider_sector string   sector of the provider | secteur du fournisseur
// returns: recipient_sector string   sector of the recipient | secteur du destinataire
// returns: active integer   active flows, number | flux actifs, nombre
// returns: to_the_public integer   of which to the general public, number | dont vers le grand public, nombre
// returns: not_active integer   flows planned, wished, blocked or ended, number | flux prévus, souhaités, bloqués ou terminés, nombre
// returns: datasets integer   datasets that pass actively, number | jeux qui passent activement, nombre

MATCH (p:Actor)-[:PROVIDES]->(f:Flow)-[:TO]->(r:Actor)
WHERE ($source = "" OR p._source = $source)
  AND ($territory = ""
    OR EXISTS { (p)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (r)-[:IN]->(:Territory {id: $territory}) }
    OR EXISTS { (f)-[:OF]->(:Dataset)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (f)-[:OF]->(d:Dataset)
WITH p.sector AS provider_sector, r.sector AS recipient_sector, d,
     f.status = "active" AS flowing, r.id STARTS WITH "reutilisateurs" AS public
RETURN provider_sector, recipient_sector,
       sum(CASE WHEN flowing THEN 1 ELSE 0 END) AS active,
       sum(CASE WHEN flowing AND public THEN 1 ELSE 0 END) AS to_the_public,
       sum(CASE WHEN flowing THEN 0 ELSE 1 END) AS not_active,
       count(DISTINCT CASE WHEN flowing THEN d.id END) AS datasets
ORDER BY provider_sector, recipient_sector
