// title.fr: La maturité d'un territoire et ses indices
// title.en: The maturity of a territory and its evidence
// question.fr: Comment la maturité d'un territoire est-elle lue, dimension par dimension, et sur quoi cela repose-t-il ?
// question.en: How is the maturity of a territory read, dimension by dimension, and what does it rest on?
// note.fr: Une lecture de la source citée, pas une note publiée ; un outil de dialogue, jamais un classement. Niveau vide : pas de lecture claire.
// note.en: A reading of the cited source, not a published score; a tool of dialogue, never a league table. Empty level: no clear reading.
// param: territory string = ""   a territory; empty: all | un territoire ; vide : tous
// param: source string = ""   name of a load (load --as); empty: all that the store holds | nom d'un chargement (load --as) ; vide : tout ce que contient la base
// returns: territory string   the territory; empty: not stated | le territoire ; vide : non renseigné
// returns: dimension string   what is read | ce qui est lu
// returns: level integer   from 0 (not started) to 4 (leading), level | de 0 (non engagé) à 4 (exemplaire), niveau
// returns: evidence string   what the reading rests on | sur quoi repose la lecture
// returns: source string   the source | la source
// returns: source_title string   title of the source | titre de la source
// returns: source_url string   address of the source | adresse de la source

MATCH (m:Assessment)-[:ASSESSES]->(t:Territory)
WHERE ($source = "" OR m._source = $source)
  AND ($territory = "" OR t.id = $territory)
OPTIONAL MATCH (m)-[:CITES]->(s:Source)
RETURN t.id AS territory, m.dimension AS dimension, m.level AS level, m.evidence AS evidence,
       s.id AS source, coalesce(s.title, s.id) AS source_title, s.url AS source_url
ORDER BY territory, dimension
