"""What an officer is not bothered with: findings that stay findings and are on no list, and why."""

from __future__ import annotations

from ecosystem.vocabulary import Label

LEFT_OUT: dict[str, Label] = {
    "purpose-ended": Label(
        "le flux a pris fin avec ce pour quoi il existait (projet achevé, service intégré à un autre), sa note le dit",
        "the flow ended with what it was for (project finished, service merged into another), as its note says",
    ),
    "one-house": Label(
        "un échange informel entre les services d'une même personne morale n'appelle pas d'instrument",
        "informal exchange between departments of one legal person calls for no instrument",
    ),
    "public-anyway": Label(
        "les données sont publiques de toute façon : l'instrument qui manque n'empêche rien",
        "the data are public anyway: the instrument that is missing prevents nothing",
    ),
    "nobody-asks": Label(
        "aucun besoin et aucun service ne demande ces données",
        "no need and no service asks for these data",
    ),
    "rightly-closed": Label(
        "ce sont des données personnelles, fermées à bon droit",
        "these are personal data, rightly closed",
    ),
    "own-portal": Label(
        "diffuser ces données est le mandat de cet acteur : son propre service les utilise, ou il les reçoit pour sa "
        "propre autorité",
        "passing these data on is the mandate of this actor: its own service uses them, or it has them for its own "
        "authority",
    ),
    "its-role": Label(
        "le rôle de cet acteur est la méthode, le relais ou le bâti : ce sont ses liens qui comptent",
        "the role of this actor is method, relay or building: its ties are what counts",
    ),
    "open-unused": Label(
        "qu'aucun réutilisateur ne soit noté pour un jeu ouvert n'appelle pas d'action jeu par jeu",
        "that no re-user of an open dataset is recorded calls for no action dataset by dataset",
    ),
    "arrives": Label(
        "la donnée arrive, et personne à l'arrivée n'exprime de besoin que l'obstacle gênerait",
        "the data arrive, and nobody at their end expresses a need that the obstacle would hinder",
    ),
    "only-noted": Label(
        "c'est un point à noter dans les tables, pas à traiter avec quelqu'un",
        "this is to note in the tables, not to treat with anybody",
    ),
    "no-need-here": Label(
        "aucun besoin d'ici ne porte sur ce thème", "no need here is about this theme"
    ),
    "nothing-alike": Label(
        "aucun jeu d'ailleurs sur ce thème ne ressemble à ce dont il y a besoin ici",
        "no dataset of elsewhere about this theme is like what is needed here",
    ),
    "people": Label(
        "ce sont les personnes elles-mêmes qui donnent ou reçoivent",
        "persons themselves give or receive them",
    ),
    "balanced-by-role": Label(
        "ne faire que donner ou que recevoir est sans gravité tant qu'aucun besoin ne l'accompagne",
        "only giving or only receiving weighs little as long as no need goes with it",
    ),
    "hidden": Label(
        "la conversation montrerait ce que cette copie ne montre pas",
        "the conversation would show what this copy does not show",
    ),
}
"""Every reason, in words."""
