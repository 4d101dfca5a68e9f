// title.fr: Les jeux ouverts sans licence connue
// title.en: Open datasets without a known licence
// question.fr: Quels jeux sont ouverts sans qu'une licence soit nommée ?
// question.en: Which datasets are open with no licence named?
// note.fr: La licence peut exister sans avoir été lue. `modes` dit sur quoi reposent les flux actifs du jeu vers le grand public : open_licence sans licence nommée reste à préciser.
// note.en: The licence may exist without having been read. `modes` says what the active flows of the dataset to the general public rest on: open_licence with no licence named is still to be made precise.
// param: territory string = ""   a territory: datasets that are in it; empty: all | un territoire : jeux qui en sont ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: dataset string   the dataset | le jeu de données
// returns: title string   its title | son titre
// returns: holder string   the actor that holds the dataset; empty: not stated | l'acteur qui détient le jeu ; vide : non renseigné
// returns: holder_name string   its name | son nom
// returns: theme string   EU data theme | thème européen de données
// returns: format string   distribution formats | formats de diffusion
// returns: url string   its address | son adresse
// returns: modes list   instruments of its active flows to the general public | instruments de ses flux actifs vers le grand public

MATCH (d:Dataset {access: "open"})
WHERE ($source = "" OR d._source = $source)
  AND d.licence IS NULL
  AND ($territory = "" OR EXISTS { (d)-[:IN]->(:Territory {id: $territory}) })
OPTIONAL MATCH (h:Actor)-[:HOLDS]->(d)
OPTIONAL MATCH (f:Flow {status: "active"})-[:OF]->(d)
WHERE EXISTS { MATCH (f)-[:TO]->(r:Actor) WHERE r.id STARTS WITH "reutilisateurs" }
WITH DISTINCT d, h, f.mode AS mode
ORDER BY mode
WITH d, h, collect(mode) AS modes
RETURN d.id AS dataset, coalesce(d.title, d.id) AS title,
       h.id AS holder, coalesce(h.name, h.id) AS holder_name,
       d.theme AS theme, d.format AS format, d.url AS url, modes
ORDER BY dataset
