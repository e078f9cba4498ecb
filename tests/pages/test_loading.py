"""What the loading of the paper brings, and what it refuses."""

import shutil
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from django.utils import timezone

from comity.audit.models import Event
from comity.pages.loading import DATA, load_paper
from comity.parties.models import Party
from comity.processes.models import COUNTED, OpenSet, Participation, Process
from comity.sources.folders import BadFolderError

PARTICIPANTS = {
    "igc": 17,
    "budapest": 44,
    "cis": 12,
    "rcm": 11,
    "manila": 17,
    "apc": 32,
    "sacm": 12,
    "midsa": 14,
    "midwa": 13,
    "soderkoping": 11,
    "cluster": 9,
    "bali": 37,
    "5plus5": 10,
}
# How many rows the tables of the paper hold of each.
ROWS = {
    "processes.Process": 13 + 6,
    "processes.Area": 98,
    "processes.Grouping": 47,
    "processes.Meeting": 45,
    "processes.Series": 14,
    "processes.Attendance": 46,
    "documents.Document": 13,
    "library.Study": 17,
    "projects.Project": 10,
    "projects.ProjectCountry": 15,
    "processes.Partnership": 61 + 45,
    "processes.Agreement": 2,
    "processes.Body": 17,
    "processes.Website": 1,
}


def rows_of_all_models():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def folder(tmp_path):
    """A copy of the data in which a test may break something."""
    return shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("geo"))


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_paper_has_its_participants_exactly(paper):
    counted = Count("participations", filter=Q(participations__status__in=COUNTED))
    rows = Process.objects.filter(kind="process").annotate(counted=counted)

    assert dict(rows.values_list("slug", "counted")) == PARTICIPANTS
    assert sum(PARTICIPANTS.values()) == 239


@pytest.mark.parametrize(("slug", "participants"), PARTICIPANTS.items())
def test_page_of_each_process_counts_its_participants(paper, client, slug, participants):
    page = client.get(f"/processes/{slug}/").context["page"]

    assert page.counted == participants


def test_beside_participants_stand_the_open_set_and_the_guest(paper):
    others = Participation.objects.exclude(status__in=COUNTED)

    assert list(OpenSet.objects.values_list("process__slug", "words")) == [
        ("cis", "neighbouring and other relevant States")
    ]
    assert list(others.values_list("process__slug", "party__code", "status", "begins")) == [
        ("midsa", "MDG", "invited", "2003")
    ]


def test_bali_stands_with_both_its_counts(paper, client):
    (difference,) = client.get("/processes/bali/").context["differences"]

    assert [(each.value["en"], each.short) for each in difference.statements] == [
        ("37 entries, one of them “France (New Caledonia)”", "Annex II, row 12"),
        ("38 participating countries", "Annex I, ¶14"),
    ]


def test_every_table_is_stored_row_by_row(paper):
    stored = rows_of_all_models()

    assert {label: stored[label] for label in ROWS} == ROWS
    assert Party.objects.filter(
        Q(participations__isnull=False) | Q(attendances__isnull=False),
        kind__in=("state", "territory", "supranational"),
    ).distinct().count() == 143  # fmt: skip


def test_second_loading_adds_nothing(paper):
    before = rows_of_all_models()

    again = load_paper()

    assert paper.added > 3000
    assert (again.added, again.changed, again.left) == (0, 0, 0)
    assert rows_of_all_models() == before


def test_edited_row_is_left(paper):
    edited = Participation.objects.get(process__slug="rcm", party__code="CAN")
    edited.note, edited.version = "Confirmed by note verbale.", 2
    edited.save()

    again = load_paper()

    edited.refresh_from_db()
    assert (again.added, again.changed, again.left) == (0, 0, 1)
    assert edited.note == "Confirmed by note verbale."


def test_row_that_nobody_edited_is_brought_up_to_date(paper, folder):
    replace(folder / "paper/studies.csv", "World Migration 2003,", "World Migration (2003),")

    again = load_paper(folder)

    assert (again.added, again.changed, again.left) == (0, 1, 0)
    assert apps.get_model("library.Study").objects.get(slug="s-fn3-3").title == {
        "en": "World Migration (2003)"
    }


def test_log_says_how_much_was_loaded(paper):
    event = Event.objects.get(action="paper.loaded")

    assert (event.actor, event.after) == (None, {"added": paper.added, "changed": paper.changed})


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("SWZ", date(2003, 3, 1), "Swaziland"),
        ("SWZ", None, "Eswatini"),
        ("SCG", date(2002, 3, 1), "Yugoslavia"),
        ("SCG", date(2003, 3, 1), "Serbia and Montenegro"),
        ("MKD", date(2003, 3, 1), "The former Yugoslav Republic of Macedonia"),
        ("MKD", None, "North Macedonia"),
    ],
)
def test_party_is_shown_by_the_name_of_its_time(paper, client, code, on, name):
    response = client.get(f"/parties/{code}/", {"on": on.isoformat()} if on else {})

    assert Party.objects.with_name(on or timezone.localdate()).get(code=code).name == name
    assert response.context["page"].name == name
    assert f"<h1>{name}</h1>" in response.content.decode()


BROKEN = {
    "unknown code": (
        "paper/participants.csv",
        "rcm,2,Canada,CAN,CAN,",
        "rcm,2,Canada,XAN,CAN,",
        "paper/participants.csv, row 77, column “party_id”: “XAN” is not known.",
    ),
    "empty code": (
        "paper/participants.csv",
        "rcm,2,Canada,CAN,CAN,",
        "rcm,2,Canada,,CAN,",
        "paper/participants.csv, row 77, column “party_id”: This cell is empty.",
    ),
    "unknown owner": (
        "paper/themes.csv",
        "m-blacksea-2003,",
        "m-blacksea-2033,",
        "paper/themes.csv, row 55, column “owner_id”: “m-blacksea-2033” is not known.",
    ),
    "impossible date": (
        "paper/meetings.csv",
        "2003-09-02,2003-09-04",
        "2003-02-30,2003-09-04",
        ("paper/meetings.csv, row 12, column “date_start”: “2003-02-30/2003-09-04” is no date: "
        "write 2003, 2003-05, 2003-05-28, 2000/2001, 2003/.. or ../2003."),
    ),
    "no number": (
        "paper/groupings.csv",
        "Americas and the Caribbean,Migration Focus,2,",
        "Americas and the Caribbean,Migration Focus,two,",
        "paper/groupings.csv, row 3, column “seq”: “two” is no whole number.",
    ),
    "party twice": (
        "paper/participants.csv",
        "rcm,2,Canada,CAN,CAN,",
        "rcm,2,Belize,BLZ,BLZ,",
        "paper/participants.csv, row 77: This is in row 76 already.",
    ),
    "two hold one office": (
        "reading/terms.csv",
        "sacm,secretariat,iom",
        "rcm,secretariat,ecowas,2002,,,Body ¶6\nsacm,secretariat,iom",
        ("reading/terms.csv, row 3: Another term covers these days: International Organization for "
        "Migration, since September 2001. Hand the office over instead."),
    ),
    "end before start": (
        "reading/terms.csv",
        "rcm,secretariat,iom,2001-09,,",
        "rcm,secretariat,iom,2001-09,2000,",
        "reading/terms.csv, row 2, column “ends”: This lies before the beginning.",
    ),
    "wrong column": (
        "reading/seats.csv",
        "body_id,party,begins,ends,note,source",
        "body_id,party,since,ends,note,source",
        ("reading/seats.csv, row 1, column “begins”: This column is missing.\n"
        "reading/seats.csv, row 1, column “since”: This column is not expected here."),
    ),
    "row too short": (
        "reading/stages.csv",
        "labour-asia,one-off,2003,,",
        "labour-asia,one-off,2003,",
        "reading/stages.csv, row 2: The row has 5 cells; the first line names 6.",
    ),
    "formula": (
        "paper/websites.csv",
        "Bali Process web site",
        "=HYPERLINK(A1)",
        "paper/websites.csv, row 2, column “note”: The cell holds a formula. Write its result.",
    ),
    "unknown kind": (
        "reading/differences.csv",
        "process,bali,participants,1",
        "proces,bali,participants,1",
        "reading/differences.csv, row 2, column “kind”: “proces” is not known.",
    ),
}  # fmt: skip


def refusal(folder):
    """Load ``folder``, which is refused, and return why; see that nothing has changed."""
    before = rows_of_all_models()
    with pytest.raises(BadFolderError) as caught:
        load_paper(folder)
    assert rows_of_all_models() == before
    return str(caught.value)


@pytest.mark.parametrize("case", BROKEN)
def test_broken_table_is_refused_with_file_row_column_and_reason(paper, folder, case):
    file, old, new, sentence = BROKEN[case]
    replace(folder / file, old, new)

    assert refusal(folder) == sentence


def test_all_that_is_wrong_is_said_at_once(paper, folder):
    for file, old, new, _sentence in (BROKEN["unknown code"], BROKEN["no number"]):
        replace(folder / file, old, new)

    assert refusal(folder).splitlines() == [
        BROKEN["no number"][3],
        BROKEN["unknown code"][3],
    ]


def test_other_encoding_is_refused(paper, folder):
    path = folder / "paper/agreements.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("Memorandum", "Mémorandum").replace("¶", "§")
    path.write_bytes("\r\n".join(lines).replace("¶", "§").encode("latin-1"))

    byte = len(lines[0]) + 2 + lines[1].index("é") + 1
    assert refusal(folder) == (
        f"paper/agreements.csv, row 2: Byte {byte} of the file is not UTF-8. Save the table as "
        "“CSV UTF-8”."
    )


def test_file_of_200_megabytes_is_refused(paper, folder):
    with (folder / "paper/websites.csv").open("r+b") as file:
        file.truncate(200 * 1024 * 1024)

    assert refusal(folder) == "paper/websites.csv: The file is larger than 64 MB."


def test_file_that_lies_about_its_type_is_refused(paper, folder):
    (folder / "paper/websites.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    assert refusal(folder) == (
        "paper/websites.csv, row 3: There is a zero byte here: this is not a text file."
    )


def test_missing_file_is_named(paper, folder):
    (folder / "paper/websites.csv").unlink()

    assert refusal(folder) == (
        "paper/websites.csv: The file cannot be read (No such file or directory)."
    )


def test_command_says_how_much_it_loaded(paper, capsys):
    call_command("load", "paper")

    assert capsys.readouterr().out == (
        "The paper is loaded: 0 rows added, 0 changed, 0 left as they were edited.\n"
    )


def test_command_says_what_is_wrong(paper, folder):
    file, old, new, sentence = BROKEN["formula"]
    replace(folder / file, old, new)

    with pytest.raises(CommandError) as caught:
        call_command("load", "paper", folder=folder)

    assert str(caught.value) == f"Nothing was loaded.\n{sentence}"
