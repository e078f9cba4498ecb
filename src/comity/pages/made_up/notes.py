"""Make the register of notes of the Meridian Dialogue: invented notes of invented States.

They lie around the day on which they are made, so that a reply is due whenever that is.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from comity.accounts.models import User
from comity.calls.models import Call
from comity.calls.reminders.services import PlanFacts, set_plan
from comity.correspondence.models import Direction, Note
from comity.correspondence.numbers import next_circular, next_number
from comity.correspondence.services import (
    CircularFacts,
    NoteFacts,
    prepare_circular,
    register_note,
    set_numbers,
)
from comity.pages.made_up.call_texts import READMISSION
from comity.pages.made_up.calls import SECRETARIAT
from comity.parties.models import Party
from comity.processes.models import Process

IN, OUT = Direction.IN, Direction.OUT
OFFICE: Final = "L. Ordaz, Head of the Secretariat"
SUBJECT: Final = {
    "en": "Meeting of senior officials: delegations and papers",
    "es": "Reunión de altos funcionarios: delegaciones y documentos",
    "fr": "Réunion des hauts fonctionnaires : délégations et documents",
}
TEXT: Final = {
    "en": (
        "The Secretariat of the Meridian Dialogue presents its compliments to the focal points and "
        "has the honour to recall that the meeting of senior officials is being prepared.\n\n"
        "Delegations are kindly asked to be named by their governments, with the language in "
        "which each delegate wishes to receive the papers."
    ),
    "es": (
        "La Secretaría del Diálogo Meridiano saluda atentamente a los puntos focales y tiene el "
        "honor de recordar que se prepara la reunión de altos funcionarios.\n\n"
        "Se ruega a los gobiernos que designen sus delegaciones e indiquen el idioma en que cada "
        "integrante desea recibir los documentos."
    ),
    "fr": (
        "Le Secrétariat du Dialogue méridien présente ses compliments aux points focaux et a "
        "l’honneur de rappeler que la réunion des hauts fonctionnaires est en préparation.\n\n"
        "Les gouvernements sont priés de désigner leur délégation et d’indiquer la langue dans "
        "laquelle chaque membre souhaite recevoir les documents."
    ),
}
TITLE: Final = {
    "en": "Head of the Secretariat",
    "es": "Jefa de la Secretaría",
    "fr": "Cheffe du Secrétariat",
}


@dataclass(frozen=True)
class Made:
    """A note: its way, party, language and subject, and how many days ago it was dated."""

    way: Direction
    party: str
    language: str
    subject: str
    ago: int
    reference: str = ""
    signatory: str = OFFICE
    due_in: int | None = None
    answers: int | None = None
    is_of_call: bool = False


# ``answers`` counts from the first of these.
NOTES: Final = (
    Made(IN, "QMI", "en", "Thanks for the workshop on documents", 210, "Ext/77", "R. Thessaly"),
    Made(
        IN,
        "QMH",
        "en",
        "More time for the answer on readmission: parliament sits",
        14,
        "MFA 40/12",
        "K. Ollander, Ministry of Foreign Affairs",
    ),
    Made(OUT, "QMH", "en", "More time for the answer on readmission", 12, answers=1),
    Made(
        IN,
        "QMC",
        "es",
        "Respuesta sobre los acuerdos de readmisión",
        6,
        "118/2026",
        "A. Ferrán, Ministerio de Relaciones Exteriores",
        is_of_call=True,
    ),
    Made(
        IN,
        "QME",
        "fr",
        "Report de l’atelier sur les mineurs : dates proposées",
        9,
        "DG/315",
        "H. Aubry-Vell",
        due_in=-2,
    ),
    Made(OUT, "QMG", "en", "Post of the focal point: request to name its holder", 5, due_in=10),
    Made(
        IN,
        "QMA",
        "es",
        "Sede de la próxima reunión de altos funcionarios",
        3,
        "SRE-221",
        "M. Quiroga",
        due_in=6,
    ),
)


def fill_notes() -> int:
    """Make the register and a circular note, unless there are notes; return how many were made."""
    process = Process.objects.get(slug="meridian")
    if Note.objects.filter(process=process).exists():
        return 0
    office = User.objects.get(email=SECRETARIAT)
    set_plan(
        process=process,
        facts=PlanFacts(chair_first=True, leaves_after_days=3),
        version=0,
        by=office,
    )
    set_numbers(
        process=process, received="NV-IN", sent="NV-OUT", circular="MD-CN", version=0, by=office
    )
    made: list[Note] = []
    for each in NOTES:
        made.append(_register(process, each, made, office))
    today = timezone.localdate()
    prepare_circular(
        process=process,
        facts=CircularFacts(
            number=next_circular(process, today.year),
            subject=SUBJECT,
            text=TEXT,
            signatory="L. Ordaz",
            signatory_title=TITLE,
            dated=today,
            reply_due_on=today + timedelta(days=21),
        ),
        by=office,
    )
    return len(made) + 1


def _register(process: Process, each: Made, earlier: list[Note], office: User) -> Note:
    today = timezone.localdate()
    dated = today - timedelta(days=each.ago)
    call = Call.objects.get(process=process, subject=READMISSION) if each.is_of_call else None
    facts = NoteFacts(
        direction=each.way,
        number=next_number(process, each.way, dated.year),
        dated=dated.isoformat() if each.ago < 100 else dated.isoformat()[:7],
        parties=[Party.objects.get(code=each.party)],
        subject=each.subject,
        reference=each.reference,
        signatory=each.signatory,
        language=each.language,
        reply_due_on=None if each.due_in is None else today + timedelta(days=each.due_in),
        answers=None if each.answers is None else earlier[each.answers],
        call=call,
    )
    return register_note(process=process, facts=facts, by=office)
