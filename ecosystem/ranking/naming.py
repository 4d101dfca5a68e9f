"""The actor of a network that a name or an id stands for."""

from __future__ import annotations

from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label


def found(network: Network, actor: str) -> str:
    """The id of an actor of a network, given by id or by name.

    Raises
    ------
    UnknownName
        If there is none.
    """
    if actor in network.ids:
        return actor
    if "name" in network.actors:
        same = network.actors["name"].str.casefold() == actor.casefold()
        if same.sum() == 1:
            return str(network.actors.loc[same, "id"].iloc[0])
        if same.any():
            ids = ", ".join(network.actors.loc[same, "id"])
            raise EcosystemError(
                Label("plusieurs acteurs s'appellent « {name} » : {ids}",
                      "several actors are called '{name}': {ids}").format(name=actor, ids=ids),
                Label("donnez l'identifiant de l'un d'eux", "give the id of one of them"),
            )  # fmt: skip
    raise UnknownName(
        Label("acteur du réseau", "actor of the network"), actor, map(str, network.ids)
    )
