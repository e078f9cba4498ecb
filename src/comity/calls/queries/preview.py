"""What would happen if a call were opened now: who would be asked, and what they would see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import override

from comity.calls.fields import Field
from comity.calls.kinds import fields_of
from comity.calls.models import Call
from comity.calls.queries.protocol import read_protocol
from comity.calls.queries.whom import asked_parties
from comity.core.languages import language_name
from comity.core.translated import text_in
from comity.parties.queries import names_of_parties


@dataclass(frozen=True)
class InLanguage:
    """A call as who reads one language would see it."""

    code: str
    name: str
    subject: str
    instructions: str
    fields: Sequence[Field]


@dataclass(frozen=True)
class Preview:
    """Who would be asked, in protocol order, and the call in each language it is written in."""

    parties: Sequence[str]
    languages: Sequence[InLanguage]


def read_preview(call: Call, on: date) -> Preview:
    """Return what opening ``call`` would do on that day."""
    parties = asked_parties(call, on)
    called = names_of_parties([party.pk for party in parties])
    protocol = read_protocol(call.process_id or 0, on)
    ordered = sorted(called.items(), key=lambda row: protocol.place(*row))
    written = [code for code in settings.CONTENT_LANGUAGES if code in call.subject]
    pages = []
    for code in written:
        with override(code):
            fields = list(fields_of(call, parties[0]).values()) if parties else []
        subject, instructions = text_in(call.subject, code), text_in(call.instructions, code)
        pages.append(InLanguage(code, language_name(code), subject, instructions, fields))
    return Preview([protocol.called(party, name) for party, name in ordered], pages)
