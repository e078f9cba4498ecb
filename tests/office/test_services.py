import io
import json

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils.translation import override

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.jobs.models import Job
from comity.office.models import PUBLIC, Boundaries, Drawing, DrawingStatus, WordTemplate
from comity.office.pictures import WorldMap
from comity.office.services import draw_pending, keep_template, load_boundaries, request_drawing
from comity.store.services import keep_file
from tests.factories.office import DrawingFactory
from tests.office.samples import TABLE, bars, topology

MERIDIAN = "process:meridian"


def ask(picture=None, **changes):
    options = {"title": "Members", "table": TABLE, "access": PUBLIC, **changes}
    return request_drawing(picture=picture or bars(), **options)


def load(path, **changes):
    options = {"name": "world", "disclaimer": {"en": "No claim."}, "source": "us", "by": SYSTEM}
    return load_boundaries(path=path, **(options | changes))


@pytest.fixture
def letter_kind(template_kinds, settings, tmp_path):
    """A kind of template, and a folder for the files of this test."""
    settings.DATA_DIR = tmp_path
    template_kinds.add("letter", docx.Document)


def word_file(text):
    """Keep a Word file with one paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    buffer.seek(0)
    return keep_file(stream=buffer, name="letter.docx", by=SYSTEM)


def keep_letter(text, **changes):
    options = {"kind": "letter", "owner": MERIDIAN, "language": "en", "version": 0, "by": SYSTEM}
    return keep_template(file=word_file(text), **(options | changes))


def test_drawing_is_asked_of_the_worker_once(db):
    first = ask(source="IOM")
    second = ask(source="IOM")

    assert first == second
    assert list(Job.objects.values_list("kind", "keys")) == [("office.draw", {"drawing": first.pk})]
    assert list(
        Drawing.objects.values_list("access", "language", "title", "source", "spec", "table")
    ) == [
        (
            "public",
            "en",
            "Members",
            "IOM",
            bars().as_json(),
            {"columns": ["Year", "Members"], "rows": [["2003", 3], ["2004", 5]]},
        )
    ]


def test_drawing_found_again_reads_neither_specification_nor_dots(db):
    ask()

    assert ask().get_deferred_fields() == {"spec", "png"}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Members of 2003"},
        {"access": "process:meridian"},
        {"source": "IOM"},
        {"picture": bars(size="narrow")},
        {"picture": bars(marks=False)},
    ],
)
def test_drawing_that_looks_or_is_read_otherwise_is_another(db, changes):
    assert ask().key != ask(**changes).key


def test_drawing_in_another_language_is_another(db):
    english = ask()
    with override("fr"):
        french = ask()
    with override(None):
        none = ask()

    assert [each.language for each in (english, french, none)] == ["en", "fr", ""]
    assert len({english.key, french.key, none.key}) == 3


def test_map_needs_its_boundaries(db):
    with pytest.raises(LookupError, match="No boundaries of the name 'world' are loaded"):
        ask(WorldMap(values={}, labels={}))

    assert not Drawing.objects.exists()


def test_map_is_another_when_its_boundaries_are(world, world_file):
    before = ask(WorldMap(values={}, labels={}))
    world_file.write_text(json.dumps(topology() | {"more": 1}), encoding="utf-8")
    load(world_file)

    after = ask(WorldMap(values={}, labels={}))

    assert before.key != after.key


def test_draw_pending_goes_on_after_one_that_fails(db, caplog):
    broken = DrawingFactory(spec={"picture": "chart", "vega_lite": {"data": {"url": "/etc"}}})
    failed_before = DrawingFactory(
        spec=bars().as_json(), status=DrawingStatus.FAILED, failure="No memory"
    )
    ready = DrawingFactory(is_drawn=True)

    drawn = draw_pending()

    assert drawn == 1
    assert list(Drawing.objects.values_list("pk", "status", "failure")) == [
        (broken.pk, "failed", "ValueError: A drawing loads nothing: url."),
        (failed_before.pk, "ready", ""),
        (ready.pk, "ready", ""),
    ]
    assert [record.getMessage() for record in caplog.records] == [f"Drawing {broken.pk} failed"]


def test_command_draws_and_says_how_many(db, capsys):
    DrawingFactory(spec=bars().as_json())

    call_command("draw")

    assert capsys.readouterr().out == "1 drawn\n"


def test_boundaries_are_kept_thinned_and_logged(world, world_file):
    assert (str(world), world.disclaimer, world.source) == ("world", {"en": "No claim."}, "us")
    assert [(shape["code"], shape["area"]) for shape in world.shapes] == [
        ("100", 100.0),
        ("200", 101.0),
    ]
    event = Event.objects.get()
    assert (event.action, event.after) == (
        "boundaries.loaded",
        {"disclaimer": {"en": "No claim."}, "source": "us", "digest": world.digest},
    )


def test_boundaries_loaded_again_change_nothing(world, world_file):
    assert load(world_file) == world
    assert Event.objects.count() == 1


def test_boundaries_of_the_same_name_are_replaced(world, world_file):
    load(world_file, source="Natural Earth")

    assert list(Boundaries.objects.values_list("name", "source")) == [("world", "Natural Earth")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<svg>", "“a.json” is not JSON: Expecting value: line 1 column 1 (char 0)."),
        ("[]", "The file is not TopoJSON with an object “countries” (TypeError: "),
        ("{}", "The file is not TopoJSON with an object “countries” (KeyError: 'transform')."),
    ],
)
def test_file_that_holds_no_boundaries_is_refused(db, tmp_path, content, sentence):
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ValidationError) as caught:
        load(path)

    assert caught.value.messages[0].startswith(sentence)
    assert not Boundaries.objects.exists()


def test_boundaries_are_loaded_by_administrators_only(people, world_file):
    with pytest.raises(PermissionDenied):
        load(world_file, by=people["secretariat"])

    assert not Boundaries.objects.exists()


def test_template_is_kept_and_logged(db, letter_kind):
    template = keep_letter("Dear {{ name }}")

    assert (template.kind, template.owner, template.language, template.version) == (
        "letter",
        MERIDIAN,
        "en",
        1,
    )
    assert str(template) == "letter en, process:meridian"
    event = Event.objects.get(action="template.kept")
    assert event.after == {"owner": MERIDIAN, "kind": "letter", "file": template.file.pk}


def test_template_is_replaced_at_the_version_its_editor_saw(db, letter_kind):
    first = keep_letter("Dear {{ name }}")

    second = keep_letter("Your Excellency {{ name }}", version=1)

    assert (second.pk, second.version, second.file == first.file) == (first.pk, 2, False)
    event = Event.objects.get(action="template.replaced")
    assert (event.before, event.after) == ({"file": first.file.pk}, {"file": second.file.pk})


def test_template_replaced_by_another_meanwhile_is_a_conflict(db, letter_kind):
    keep_letter("Dear {{ name }}")
    theirs = keep_letter("Your Excellency {{ name }}", version=1)

    with pytest.raises(EditConflict):
        keep_letter("Hello {{ name }}", version=1)

    assert WordTemplate.objects.get().file == theirs.file


def test_first_template_is_kept_once(db, letter_kind):
    theirs = keep_letter("Dear {{ name }}")

    with pytest.raises(ValidationError) as caught:
        keep_letter("Hello {{ name }}")

    assert caught.value.messages == [
        "Word template with this Owner, Kind and Language already exists."
    ]
    assert WordTemplate.objects.get().file == theirs.file


def test_bad_template_is_refused(db, letter_kind):
    with pytest.raises(ValidationError) as caught:
        keep_letter("Dear {{ name")

    assert caught.value.code == "template"
    assert not WordTemplate.objects.exists()


def test_template_in_a_language_that_texts_cannot_be_in_is_refused(db, letter_kind):
    with pytest.raises(ValidationError) as caught:
        keep_letter("Dear {{ name }}", language="xx")

    assert caught.value.messages == ["Unknown language."]


def test_template_of_an_undeclared_kind_is_an_error(db, letter_kind):
    with pytest.raises(LookupError, match="No app declares the kind of template 'poster'"):
        keep_letter("Dear {{ name }}", kind="poster")


def test_template_is_kept_by_those_who_keep_those_of_its_owner(people, letter_kind):
    with pytest.raises(PermissionDenied):
        keep_letter("Dear {{ name }}", by=people["focal_point"])

    assert not WordTemplate.objects.exists()
