"""What a driver raises, as sentences that say what to do.

Where nobody was reached, the port is asked once more, in plain bytes: a driver tells an HTTP
port, a closed one and a wrong name apart in many ways, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neo4j import exceptions

from ecosystem.errors import StoreError
from ecosystem.files import no_space
from ecosystem.labels import Label
from ecosystem.store.address import Address
from ecosystem.store.ports import Port, asked
from ecosystem.store.starting import full_disk, is_full
from ecosystem.store.statements import ONLY_READING, WOULD_CHANGE

_ADDRESS = Label(
    "donnez l'adresse Bolt, par exemple bolt://{host}:7687 : 7687 est le port de Neo4j, sauf réglage contraire",
    "give the Bolt address, for example bolt://{host}:7687: 7687 is Neo4j's port unless it was changed",
)
_PORTS: dict[str, tuple[Label, Label]] = {
    "unknown": (
        Label("aucune machine ne s'appelle « {host} » ({uri})",
              "no machine is called '{host}' ({uri})"),
        Label("vérifiez le nom, et que le réseau où elle se trouve est joint",
              "check the name, and that you are on the network it is in"),
    ),
    "closed": (
        Label("aucun Neo4j ne répond à {uri}", "no Neo4j answers at {uri}"),
        Label("démarrez-le (docker compose up -d), ou retirez NEO4J_URI pour le stockage embarqué",
              "start it (docker compose up -d), or unset NEO4J_URI to use the embedded store"),
    ),
    "silent": (
        Label("rien ne répond à temps à {uri}", "nothing answers in time at {uri}"),
        Label("vérifiez l'adresse et le port, et qu'aucun pare-feu n'est entre les deux",
              "check address and port, and that no firewall is in between"),
    ),
    "HTTP": (Label("{uri} est un port HTTP, pas Bolt", "{uri} is an HTTP port, not Bolt"), _ADDRESS),
    "HTTPS": (Label("{uri} est un port HTTPS, pas Bolt", "{uri} is an HTTPS port, not Bolt"), _ADDRESS),
    "other": (
        Label("ce qui répond à {uri} n'est pas un Neo4j : {what}",
              "what answers at {uri} is no Neo4j: {what}"),
        _ADDRESS,
    ),
    "encrypted": (
        Label("ce qui répond à {uri} demande une connexion chiffrée",
              "what answers at {uri} asks for an encrypted connection"),
        Label("écrivez {scheme}+s://, ou {scheme}+ssc:// si son certificat est signé par lui-même",
              "write {scheme}+s://, or {scheme}+ssc:// if its certificate is signed by itself"),
    ),
    "plain": (
        Label("ce qui répond à {uri} ne chiffre pas", "what answers at {uri} does not encrypt"),
        Label("écrivez {scheme}:// ; tout passe alors en clair, mot de passe compris",
              "write {scheme}://; everything then goes in clear, the password too"),
    ),
    "untrusted": (
        Label("le certificat de {host} n'est pas reconnu : {what}",
              "the certificate of {host} is not trusted: {what}"),
        Label("donnez le nom pour lequel il est fait ; {scheme}+ssc:// l'accepte sans preuve",
              "give the name it is made for; {scheme}+ssc:// takes it without proof"),
    ),
    "routing": (
        Label("{uri} répond, mais ne dit pas où est la base : {what}",
              "{uri} answers, but does not say where the database is: {what}"),
        Label("écrivez bolt:// au lieu de neo4j://, et attendez que le serveur ait fini de démarrer",
              "write bolt:// instead of neo4j://, and wait until the server has started"),
    ),
    "Bolt": (
        Label("{uri} répond, mais la connexion échoue : {what}",
              "{uri} answers, but the connection fails: {what}"),
        Label("attendez que le serveur ait fini de démarrer ; il faut Neo4j 4.4 ou plus récent",
              "wait until the server has started; it takes Neo4j 4.4 or later"),
    ),
}  # fmt: skip

_LOST = Label(
    "la connexion à {uri} s'est interrompue avant la fin",
    "the connection to {uri} was lost before the end",
)
_LOST_HINT = Label(
    "une écriture qui n'est pas finie n'est pas gardée ; voyez si le serveur tourne encore, puis relancez",
    "what was not finished is not kept; see whether the server still runs, then do it again",
)
_UNSURE_HINT = Label(
    "c'était au moment de confirmer : elle est gardée entière ou pas du tout ; relancez, ce qui est gardé ne l'est pas deux fois",
    "it was just confirming: it is kept whole or not at all; do it again, nothing is kept twice",
)
_FULL = Label(
    "le disque du serveur {uri} est plein ; rien n'a été changé",
    "the disk of the server {uri} is full; nothing was changed",
)
_FULL_HINT = Label("faites-y de la place, puis relancez", "free some space there, then do it again")
_NO_DATABASE = Label(
    "{uri} n'a pas de base de données « {name} »", "{uri} has no database '{name}'"
)
_NO_DATABASE_HINT = Label(
    "donnez dans NEO4J_DATABASE une base qui existe (SHOW DATABASES les liste), ou aucune pour celle par défaut",
    "give in NEO4J_DATABASE one that exists (SHOW DATABASES lists them), or none for the default one",
)
_STOPPED = Label(
    "la base de données « {name} » de {uri} est arrêtée ou démarre encore",
    "database '{name}' of {uri} is stopped, or still starts",
)
_STOPPED_HINT = Label(
    "attendez un instant, ou démarrez-la (START DATABASE)",
    "wait a moment, or start it (START DATABASE)",
)
_PASSWORD = Label(
    "{uri} refuse l'utilisateur « {user} » ou son mot de passe",
    "{uri} refuses user '{user}' or its password",
)
_PASSWORD_HINT = Label(
    "donnez le mot de passe dans NEO4J_PASSWORD", "give the password in NEO4J_PASSWORD"
)
_TOO_OFTEN = Label(
    "{uri} a reçu trop de mots de passe faux", "{uri} was given too many wrong passwords"
)
_TOO_OFTEN_HINT = Label(
    "attendez quelques secondes, puis donnez le bon dans NEO4J_PASSWORD",
    "wait some seconds, then give the right one in NEO4J_PASSWORD",
)
_EXPIRED = Label(
    "{uri} veut que « {user} » change d'abord de mot de passe",
    "{uri} wants user '{user}' to change the password first",
)
_EXPIRED_HINT = Label(
    "changez-le dans Neo4j Browser, puis donnez le nouveau dans NEO4J_PASSWORD",
    "change it in Neo4j Browser, then give the new one in NEO4J_PASSWORD",
)

_UNREACHED = (
    exceptions.ServiceUnavailable,
    exceptions.SessionExpired,
    exceptions.UnsupportedServerProduct,
    OSError,
)


@contextmanager
def translated(
    address: Address, *, reached: bool = True, home: Path | None = None
) -> Iterator[None]:
    """Driver errors as sentences.

    Parameters
    ----------
    reached
        Whether the server has answered before: then one that does not has gone.
    home
        The folder of the embedded engine, if it is one.
    """
    try:
        yield
    except exceptions.Neo4jError as error:
        raise _refused(address, error, home) from error
    except _UNREACHED as error:
        raise (_lost(address, error, home) if reached else _not_there(address, error)) from error
    except exceptions.DriverError as error:
        raise StoreError(Label(f"{address.uri} : {error}", f"{address.uri}: {error}")) from error


def expect_bolt(address: Address) -> None:
    """Ask an address that should speak Bolt in clear: a driver may wait long for what never comes.

    Raises
    ------
    StoreError
        If something else answers there, or nothing at all.
    """
    if "+" in address.uri.partition("://")[0]:
        return
    port = asked(address.uri)
    if port.kind not in ("Bolt", "routing", "silent"):
        raise _told(address, port)


def _refused(address: Address, error: exceptions.Neo4jError, home: Path | None) -> StoreError:
    code, said = error.code or "", error.message or str(error)
    uri, user, name = address.uri, address.user, address.database or "neo4j"
    if code.endswith(".AccessMode"):
        return StoreError(WOULD_CHANGE, ONLY_READING)
    if no_space(f"{said} {error}"):
        return full_disk(home) if home else StoreError(_FULL.format(uri=uri), _FULL_HINT)
    if code.endswith(".DatabaseNotFound"):
        return StoreError(_NO_DATABASE.format(uri=uri, name=name), _NO_DATABASE_HINT)
    if code.endswith(".DatabaseUnavailable"):
        return StoreError(_STOPPED.format(uri=uri, name=name), _STOPPED_HINT)
    if code.endswith(".AuthenticationRateLimit"):
        return StoreError(_TOO_OFTEN.format(uri=uri), _TOO_OFTEN_HINT)
    if code.endswith(".CredentialsExpired"):
        return StoreError(_EXPIRED.format(uri=uri, user=user), _EXPIRED_HINT)
    if isinstance(error, exceptions.AuthError):
        return StoreError(_PASSWORD.format(uri=uri, user=user), _PASSWORD_HINT)
    if home is not None and code.endswith(".UnknownError") and is_full(home):
        return full_disk(home)
    detail = said.splitlines()[0]
    return StoreError(Label(f"{uri} a refusé : {detail}", f"{uri} refused: {detail}"))


def _lost(address: Address, error: Exception, home: Path | None) -> StoreError:
    """The error for a server that went away in the middle."""
    if home is not None and is_full(home):
        return full_disk(home)
    unsure = isinstance(error, exceptions.IncompleteCommit)
    return StoreError(_LOST.format(uri=address.uri), _UNSURE_HINT if unsure else _LOST_HINT)


def _not_there(address: Address, error: Exception) -> StoreError:
    """The error for an address where no Neo4j could be reached."""
    detail = (str(error).splitlines() or [type(error).__name__])[0]
    return _told(address, asked(address.uri), detail)


def _told(address: Address, port: Port, detail: str = "") -> StoreError:
    what, hint = _PORTS[port.kind]
    detail = port.said or detail
    values = {
        "uri": address.uri,
        "host": port.host,
        "what": detail,
        "scheme": address.uri.split("+")[0].split(":")[0],
    }
    return StoreError(what.format(**values), hint.format(**values))
