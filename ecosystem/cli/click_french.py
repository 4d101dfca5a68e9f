"""What click says by itself, in French: the words of click 8.1 and of those after it."""

from __future__ import annotations

from ecosystem.labels import Label

MESSAGES: dict[str, str] = {
    en: Label(fr, en).fr
    for en, fr in {
        "Aborted!": "Interrompu.",
        "Commands": "Commandes",
        "Error: {message}": "Erreur : {message}",
        "Try '{command} {option}' for help.": "« {command} {option} » montre l'aide.",
        "Missing command.": "Il manque une commande.",
        "No such command {name!r}.": "Il n'y a pas de commande {name!r}.",
        "No such option {name!r}.": "Il n'y a pas d'option {name!r}.",
        "No such option: {name}": "Il n'y a pas d'option {name}",
        "Did you mean {possibility}?": "Vouliez-vous {possibility} ?",
        "(Did you mean one of: {possibilities}?)": "(Vouliez-vous : {possibilities} ?)",
        "(Possible options: {possibilities})": "(Options possibles : {possibilities})",
        "Got unexpected extra argument ({args})": "Un argument de trop ({args})",
        "Got unexpected extra arguments ({args})": "Des arguments de trop ({args})",
        "Invalid value: {message}": "Valeur refusée : {message}",
        "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
        "Missing argument": "Il manque l'argument",
        "Missing option": "Il manque l'option",
        "Missing parameter": "Il manque le paramètre",
        "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
        "Option {name!r} does not take a value.": "L'option {name!r} ne prend pas de valeur.",
        "Option {name!r} requires an argument.": "L'option {name!r} demande une valeur.",
        "Option {name!r} requires {nargs} arguments.": "L'option {name!r} demande {nargs} valeurs.",
        "{value!r} is not {choice}.": "{value!r} n'est pas {choice}.",
        "{value!r} is not one of {choices}.": "{value!r} n'est pas parmi {choices}.",
        "{value!r} is not a valid {number_type}.": "{value!r} n'est pas un nombre ({number_type}).",
        "{value} is not in the range {range}.": "{value} n'est pas dans l'intervalle {range}.",
        "{name} {filename!r} is a file.": "{filename!r} est un fichier.",
        "{name} {filename!r} is a directory.": "{filename!r} est un dossier.",
        "{name} {filename!r} is not readable.": "{filename!r} ne peut pas être lu.",
        "{name} {filename!r} is not writable.": "{filename!r} ne peut pas être écrit.",
        "{name} {filename!r} does not exist.": "{filename!r} n'existe pas.",
        "default: {default}": "par défaut : {default}",
    }.items()
}
