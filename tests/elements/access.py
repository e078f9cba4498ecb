"""Who may open each page of this app, and the things that its addresses name."""

from functools import cache

from comity.parties.models import Affiliation
from tests.access_rows import EDITED, EVERYONE, MEMBERS, SECRETARIAT, Row
from tests.factories.elements import (
    AdoptionFactory,
    ElementFactory,
    PositionFactory,
    PrincipleFactory,
)
from tests.factories.texts import OUT, CirculatedFactory

ON_TEXT = ("adopted_text",)
ON_ELEMENT = ("adopted_text", "element_number")
ON_POSITION = ("adopted_text", "position")
SPEAKER = {"focal_point"}
ACCESS: dict[str, Row] = {
    "elements:adoption": Row(MEMBERS, ON_TEXT),
    "elements:act": Row(SECRETARIAT, ("open_text", "adoption_act"), "POST"),
    "elements:cut": Row(SECRETARIAT, ON_TEXT, "POST"),
    "elements:text": Row(MEMBERS, ON_TEXT),
    "elements:text_file": Row(MEMBERS, (*ON_TEXT, "csv")),
    "elements:element": Row(MEMBERS, ON_ELEMENT),
    "elements:element_edit": Row(SECRETARIAT, ON_ELEMENT, "POST"),
    "elements:element_status": Row(SECRETARIAT, ON_ELEMENT, "POST"),
    "elements:position_take": Row(SPEAKER, ("spoken_text",), "POST"),
    "elements:position_record": Row(SECRETARIAT, ON_TEXT, "POST"),
    "elements:position_translate": Row(SECRETARIAT, ON_POSITION, "POST"),
    "elements:position_withdraw": Row(SPEAKER | SECRETARIAT, ON_POSITION, "POST"),
    "elements:position_confirm": Row(SPEAKER, ON_POSITION, "POST"),
    "elements:rule": Row(SECRETARIAT, EDITED, "POST"),
    "elements:process": Row(EVERYONE, EDITED),
    "elements:process_file": Row(EVERYONE, (*EDITED, "csv")),
    "elements:feed": Row(EVERYONE, EDITED),
    "elements:thread": Row(EVERYONE, EDITED),
    "elements:principles": Row(EVERYONE, EDITED),
    "elements:principle_add": Row(SECRETARIAT, EDITED, "POST"),
    "elements:principle": Row(SECRETARIAT, (*EDITED, "principle"), "POST"),
    "elements:principle_remove": Row(SECRETARIAT, (*EDITED, "principle"), "POST"),
}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""

    @cache
    def adopted():
        return AdoptionFactory(
            revision__text__document__process=process,
            revision__text__document__published_at=OUT,
        )

    def spoken():
        Affiliation.objects.filter(pk=affiliations["focal_point"].pk).update(may_speak=True)
        return adopted().text

    @cache
    def element():
        return ElementFactory(revision=adopted().revision)

    return {
        "adopted_text": lambda: adopted().text.document.slug,
        "spoken_text": lambda: spoken().document.slug,
        "element_number": lambda: element().number,
        "open_text": lambda: CirculatedFactory(text__document__process=process).text.document.slug,
        "adoption_act": lambda: "room",
        "position": lambda: (
            PositionFactory(text=spoken(), party=affiliations["focal_point"].party, way="room").pk
        ),
        "principle": lambda: PrincipleFactory(process=process).pk,
    }
