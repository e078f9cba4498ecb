"""What the sources of a new installation are, and what their licences let one do."""

from typing import Final

from comity.accounts.authority import SYSTEM
from comity.sources.models import Source
from comity.sources.services import describe_source

PAPER: Final = "mc-inf-266"


def describe_paper() -> Source:
    """Describe the paper of which an installation keeps the facts."""
    return describe_source(
        slug=PAPER,
        title={
            "en": "IOM’s role in enhancing regional dialogues on migration",
            "es": "Función de la OIM en el fomento de los diálogos regionales sobre migración",
            "fr": "Rôle de l’OIM dans le renforcement des dialogues régionaux sur la migration",
        },
        symbol="MC/INF/266",
        issued="2003-11-10",
        publisher="International Organization for Migration, Council, 86th session",
        licence="© IOM",
        note={
            "en": (
                "The text belongs to IOM and is not reproduced here. We keep the facts that it "
                "states, each with the paragraph in which it stands."
            ),
            "es": (
                "El texto pertenece a la OIM y no se reproduce aquí. Conservamos los hechos que "
                "expone, cada uno con el párrafo en que figura."
            ),
            "fr": (
                "Le texte appartient à l’OIM et n’est pas reproduit ici. Nous gardons les faits "
                "qu’il énonce, chacun avec le paragraphe où il figure."
            ),
        },
        by=SYSTEM,
    )


def describe_data() -> None:
    """Describe the lists and outlines that are used beside the paper."""
    describe_source(
        slug="country-codes",
        title={
            "en": "Codes and names of countries and areas",
            "es": "Códigos y nombres de países y zonas",
            "fr": "Codes et noms des pays et zones",
        },
        symbol="ISO 3166, M49",
        publisher="datasets/country-codes",
        licence="Open Data Commons Public Domain Dedication and Licence 1.0",
        note={
            "en": "In the public domain: anybody may use it, change it and pass it on.",
            "es": "De dominio público: cualquiera puede usarlo, modificarlo y difundirlo.",
            "fr": "Dans le domaine public : chacun peut l’utiliser, le modifier et le diffuser.",
        },
        by=SYSTEM,
    )
    describe_source(
        slug="natural-earth",
        title={
            "en": "Boundaries on maps, at 1:50 million",
            "es": "Fronteras de los mapas, a escala 1:50 millones",
            "fr": "Frontières des cartes, au 1:50 millionième",
        },
        publisher="Natural Earth",
        licence="Public domain",
        note={
            "en": (
                "Anybody may use it, change it and pass it on. It comes in the form that "
                "world-atlas gives it, under the ISC licence, which asks to name its author."
            ),
            "es": (
                "Cualquiera puede usarlas, modificarlas y difundirlas. Vienen en la forma que les "
                "da world-atlas, con la licencia ISC, que pide nombrar a su autor."
            ),
            "fr": (
                "Chacun peut les utiliser, les modifier et les diffuser. Elles viennent sous la "
                "forme que leur donne world-atlas, sous licence ISC, qui demande d’en nommer "
                "l’auteur."
            ),
        },
        by=SYSTEM,
    )
