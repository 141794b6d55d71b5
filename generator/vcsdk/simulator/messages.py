"""The texts of the simulator's answers, in English and German.

A message on the wire is a localizable message (`reference`: vAPI `Std_LocalizableMessage`): `id`, `default_message` in
English, `args`, and `localized` in the language that `Accept-Language` asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DEFAULT_LANGUAGE = "en"
LANGUAGES = ("en", "de")

TEXTS: dict[str, tuple[str, str]] = {
    "api.unauthenticated": ("Authentication is required.", "Anmeldung erforderlich."),
    "api.credentials": ("The user name or password is not valid.", "Benutzername oder Kennwort sind nicht gültig."),
    "api.session": ("The session is not valid or has expired.", "Die Sitzung ist ungültig oder abgelaufen."),
    "api.privilege": ("The privilege {0} is required.", "Das Recht {0} ist erforderlich."),
    "api.path": ("There is no resource at {0}.", "Unter {0} gibt es keine Ressource."),
    "api.operation": (
        "No operation of {0} {1} matches the query.",
        "Keine Operation von {0} {1} passt zu den Abfrageparametern.",
    ),
    "api.invocation": ("There is no operation {0}.", "Es gibt keine Operation {0}."),
    "api.input": ("The input is not written as vAPI writes values.", "Die Eingabe ist nicht in der Form von vAPI."),
    "api.method": ("The method {0} is not allowed here.", "Die Methode {0} ist hier nicht erlaubt."),
    "api.content-type": (
        "The body's content type {0} is not supported; expected {1}.",
        "Der Inhaltstyp {0} wird nicht unterstützt; erwartet wird {1}.",
    ),
    "api.not-acceptable": ("There is none of the accepted types.", "Keinen der verlangten Inhaltstypen gibt es."),
    "api.condition": ("The state is another one than that.", "Der Zustand ist nicht mehr dieser."),
    "api.body-missing": ("A body is required.", "Ein Rumpf ist erforderlich."),
    "api.body-large": ("The body is larger than {0} bytes.", "Der Rumpf ist größer als {0} Byte."),
    "api.framing": ("The body has two lengths.", "Der Rumpf hat zwei Längen."),
    "api.form": ("The body is not a valid form.", "Der Rumpf ist kein gültiges Formular."),
    "api.json": ("The body is not valid JSON.", "Der Rumpf ist kein gültiges JSON."),
    "api.invalid": ("The value at {0} is not valid: {1}", "Der Wert bei {0} ist ungültig: {1}"),
    "api.unknown-field": ("The field {0} is not known.", "Das Feld {0} ist nicht bekannt."),
    "api.unknown-query": ("The query parameter {0} is not known.", "Der Abfrageparameter {0} ist nicht bekannt."),
    "api.not-found": ("There is no {0} {1}.", "{0} {1} gibt es nicht."),
    "api.unavailable": ("The service is starting.", "Der Dienst wird gerade gestartet."),
    "api.no-value": (
        "No value was found that fits what is documented for this answer.",
        "Es wurde kein Wert gefunden, der zur Beschreibung dieser Antwort passt.",
    ),
    "api.failed": ("The server failed to answer.", "Der Server konnte nicht antworten."),
    "task.not-found": ("There is no task {0}.", "Es gibt keine Aufgabe {0}."),
    "task.not-cancelable": ("The task {0} cannot be canceled.", "Die Aufgabe {0} kann nicht abgebrochen werden."),
    "task.finished": ("The task {0} has ended already.", "Die Aufgabe {0} ist bereits beendet."),
    "task.canceled": ("The task was canceled.", "Die Aufgabe wurde abgebrochen."),
    "task.progress": ("{0} of 100 percent done.", "{0} von 100 Prozent erledigt."),
    "task.description": ("Running {0}.", "{0} wird ausgeführt."),
    "vcha.failover": ("Failing over to the passive node.", "Wechsel auf den passiven Knoten."),
    "vcha.failover-mode": (
        "Failover is not allowed while the cluster's mode is {0}.",
        "Ein Failover ist im Modus {0} nicht erlaubt.",
    ),
    "vcha.failover-mode-cause": (
        "Failover needs mode ENABLED or MAINTENANCE.",
        "Ein Failover braucht den Modus ENABLED oder MAINTENANCE.",
    ),
    "vcha.members": (
        "Failover is not allowed while {0} is not present.",
        "Ein Failover ist nicht erlaubt, solange {0} fehlt.",
    ),
    "vcha.busy": ("Another cluster operation is running: {0}.", "Ein anderer Vorgang im Cluster läuft: {0}."),
    "vcha.failover-failed": (
        "The passive node did not take over.",
        "Der passive Knoten hat nicht übernommen.",
    ),
    "vcha.mode": ("Changing the cluster's mode to {0}.", "Der Modus des Clusters wird auf {0} geändert."),
    "vcha.mode-same": ("The cluster's mode is {0} already.", "Der Modus des Clusters ist bereits {0}."),
    "vcha.mode-transition": (
        "The mode cannot change from {0} to {1} while the cluster is {2}.",
        "Der Modus kann nicht von {0} auf {1} wechseln, solange der Cluster {2} ist.",
    ),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A message that has not chosen its language yet: a key of `TEXTS` and its arguments."""

    key: str
    args: tuple[str, ...] = ()

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The text in this language with the arguments filled in.  Arguments are data: braces in them stay."""
        text = TEXTS[self.key][LANGUAGES.index(language)]
        return text.format(*self.args)

    def as_dict(self, language: str) -> dict[str, Any]:
        """The wire form: `{id, default_message, args, localized}`; the default message is the English template."""
        return {
            "id": f"com.vmware.vcsdk.simulator.{self.key}",
            "default_message": TEXTS[self.key][0],
            "args": list(self.args),
            "localized": self.text(language),
        }


def choose_language(accept_language: str | None) -> str:
    """The best of `LANGUAGES` for an `Accept-Language` header (RFC 9110 §12.5.4); English where none fits."""
    best, best_quality = DEFAULT_LANGUAGE, 0.0
    for entry in (accept_language or "").split(","):
        tag, _, parameters = entry.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        name, _, value = parameters.strip().partition("=")
        try:
            quality = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            continue
        if language in LANGUAGES and quality > best_quality:
            best, best_quality = language, quality
    return best
