"""What the Meridian Dialogue asks in the demonstration, in its three languages; all invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.calls.fields import Shape

Texts = Mapping[str, str]


def texts(en: str, es: str, fr: str) -> Texts:
    """Return one text in the three languages of the dialogue."""
    return {"en": en, "es": es, "fr": fr}


@dataclass(frozen=True)
class Asked:
    """One question: its words, how it is answered, and its choices where it has any."""

    words: Texts
    shape: Shape
    is_required: bool = False
    options: Sequence[Texts] = ()


READMISSION = texts(
    "Readmission agreements in force",
    "Acuerdos de readmisión vigentes",
    "Accords de réadmission en vigueur",
)
READMISSION_WORDS = texts(
    "The eleventh plenary asked for an overview of the agreements that bind the States of the"
    " dialogue. Please answer for your State; several ministries may contribute.",
    "La undécima plenaria pidió un panorama de los acuerdos que vinculan a los Estados del"
    " diálogo. Responda por su Estado; pueden contribuir varios ministerios.",
    "La onzième plénière a demandé un aperçu des accords qui lient les États du dialogue."
    " Veuillez répondre pour votre État\u202f; plusieurs ministères peuvent contribuer.",
)
READMISSION_QUESTIONS = (
    Asked(
        texts(
            "Is your State bound by an agreement on readmission?",
            "¿Está su Estado obligado por un acuerdo de readmisión?",
            "Votre État est-il lié par un accord de réadmission\u202f?",
        ),
        Shape.YES_NO,
        is_required=True,
    ),
    Asked(
        texts("How many agreements?", "¿Cuántos acuerdos?", "Combien d’accords\u202f?"),
        Shape.NUMBER,
    ),
    Asked(
        texts("What do they cover?", "¿Qué abarcan?", "Que couvrent-ils\u202f?"),
        Shape.CHOICES,
        options=(
            texts("Own nationals", "Nacionales propios", "Propres ressortissants"),
            texts(
                "Nationals of third States",
                "Nacionales de terceros Estados",
                "Ressortissants d’États tiers",
            ),
            texts("Stateless persons", "Apátridas", "Apatrides"),
        ),
    ),
    Asked(
        texts(
            "What would you like the working level to take up?",
            "¿Qué desearía que se tratara en el nivel técnico?",
            "Que souhaiteriez-vous voir traiter au niveau technique\u202f?",
        ),
        Shape.TEXT,
    ),
)

MINORS = texts(
    "Contact points for unaccompanied children",
    "Puntos de contacto para niños no acompañados",
    "Points de contact pour les enfants non accompagnés",
)
MINORS_WORDS = texts(
    "Please name the authority that colleagues may reach at any hour.",
    "Indique la autoridad a la que los colegas pueden dirigirse a cualquier hora.",
    "Veuillez indiquer l’autorité que les collègues peuvent joindre à toute heure.",
)
MINORS_QUESTIONS = (
    Asked(texts("Authority", "Autoridad", "Autorité"), Shape.LINE, is_required=True),
    Asked(
        texts("In place since", "En funciones desde", "En place depuis"),
        Shape.DAY,
    ),
    Asked(
        texts("Languages spoken", "Idiomas que se hablan", "Langues parlées"),
        Shape.LINE,
    ),
)

THEMES = texts(
    "Themes for the twelfth plenary",
    "Temas para la duodécima plenaria",
    "Thèmes de la douzième plénière",
)
THEMES_WORDS = texts(
    "The presidency prepares the agenda from what the members put first.",
    "La presidencia prepara el programa según lo que los miembros consideran prioritario.",
    "La présidence prépare l’ordre du jour à partir de ce que les membres placent en tête.",
)
THEMES_QUESTIONS = (
    Asked(
        texts(
            "Which theme comes first?",
            "¿Qué tema es el primero?",
            "Quel thème vient en premier\u202f?",
        ),
        Shape.CHOICE,
        is_required=True,
        options=(
            texts("Labour migration", "Migración laboral", "Migration de travail"),
            texts("Return and reintegration", "Retorno y reintegración", "Retour et réintégration"),
            texts("Data on migration", "Datos sobre migración", "Données sur les migrations"),
        ),
    ),
    Asked(texts("Why?", "¿Por qué?", "Pourquoi\u202f?"), Shape.TEXT),
)

PERMITS = texts(
    "Residence permits of 2025: the file of your office",
    "Permisos de residencia de 2025: el archivo de su oficina",
    "Permis de séjour 2025\u00a0: le fichier de votre office",
)
PERMITS_WORDS = texts(
    "The working group agreed on these figures at its last meeting.",
    "El grupo de trabajo acordó estas cifras en su última reunión.",
    "Le groupe de travail est convenu de ces chiffres à sa dernière réunion.",
)
PERMITS_QUESTIONS = (
    Asked(
        texts("Permits issued", "Permisos expedidos", "Permis délivrés"),
        Shape.NUMBER,
        is_required=True,
    ),
    Asked(
        texts("Of these, for work", "De ellos, por trabajo", "Dont, pour le travail"),
        Shape.NUMBER,
    ),
)

GUESTS = texts(
    "What observers and partners can bring to the workshop",
    "Qué pueden aportar al taller los observadores y asociados",
    "Ce que les observateurs et partenaires peuvent apporter à l’atelier",
)
GUESTS_WORDS = texts(
    "A line is enough; the secretariat comes back to you.",
    "Basta una línea; la secretaría se pondrá en contacto.",
    "Une ligne suffit\u202f; le secrétariat reviendra vers vous.",
)
GUESTS_QUESTIONS = (
    Asked(
        texts("We can offer", "Podemos ofrecer", "Nous pouvons proposer"),
        Shape.TEXT,
        is_required=True,
    ),
)

NOMINATIONS = texts(
    "Nominations for the course on border statistics",
    "Candidaturas para el curso de estadísticas de frontera",
    "Candidatures au cours sur les statistiques aux frontières",
)
NOMINATIONS_WORDS = texts(
    "Two places for each State; the course is held in Spanish and French.",
    "Dos plazas por Estado; el curso se imparte en español y francés.",
    "Deux places par État\u202f; le cours a lieu en espagnol et en français.",
)
NOMINATIONS_QUESTIONS = (
    Asked(
        texts("First person", "Primera persona", "Première personne"), Shape.LINE, is_required=True
    ),
    Asked(texts("Second person", "Segunda persona", "Deuxième personne"), Shape.LINE),
)
