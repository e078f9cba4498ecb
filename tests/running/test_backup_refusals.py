"""Files that are no whole backup of ours: each is refused with a sentence, and nothing is kept."""

import gzip
import hashlib
import io
import shutil
import tarfile

import pytest

from comity.backup import archive
from comity.backup.archive import BadBackup, Writer
from comity.backup.staging import stage, unpacked
from tests.installation import comity

ROWS = b"rows of tables " * 40
PACKED = gzip.compress(ROWS, mtime=0)
PAPERS = (b"A paper.\n" * 100, b"Another paper.\n")


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def manifest(packed=PACKED, **other):
    database = {
        "kind": "sqlite",
        "bytes": len(packed),
        "unpacked_bytes": len(ROWS),
        "sha256": sha256(packed),
        "rows": {"audit_event": 0},
    }
    return {
        "comity_backup": 1,
        "comity": "0.1.0",
        "made_at": "2026-11-23T20:00:00+00:00",
        "is_demonstration": False,
        "settings": {"COMITY_TIME_ZONE": "UTC"},
        "migrations": [["audit", "0001_initial"]],
        "database": database | other.pop("database", {}),
        "log": [],
        "files": {"count": len(PAPERS), "bytes": sum(map(len, PAPERS))},
    } | other


def written(said=None, *, packed=PACKED, papers=PAPERS, end=None, names=()):
    """Return the bytes of a backup, whole unless told otherwise."""
    target = io.BytesIO()
    writer = Writer(target)
    digest = writer.describe(archive.MANIFEST, manifest() if said is None else said)
    writer.add(archive.DATABASE, io.BytesIO(packed), len(packed))
    for paper, name in zip(papers, names or map(sha256, papers), strict=True):
        writer.add(f"files/{name}", io.BytesIO(paper), len(paper))
    if end is not False:
        writer.describe(archive.END, {"manifest_sha256": digest, "lacking": []} | (end or {}))
    writer.end()
    return target.getvalue()


def put_in(member, content=b""):
    """Return a backup that holds something else after its database."""
    target = io.BytesIO()
    writer = Writer(target)
    writer.describe(archive.MANIFEST, manifest())
    writer.add(archive.DATABASE, io.BytesIO(PACKED), len(PACKED))
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        target.seek(0, io.SEEK_END)
        tar.offset = target.tell()
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return target.getvalue()


def named(name, **fields):
    member = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(member, field, value)
    return member


@pytest.fixture
def refused(tmp_path):
    """Return the sentence with which a file is refused; there is none where it is taken."""

    def refusal(content):
        folder = tmp_path / "restoring"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            list(unpacked(stage(io.BytesIO(content), folder)))
        except BadBackup as error:
            return error.message
        return None

    return refusal


def test_whole_backup_is_laid_aside_as_it_was(refused, tmp_path):
    assert refused(written()) is None
    assert {
        path.relative_to(tmp_path / "restoring").as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    } == {
        "database.gz": PACKED,
        **{f"files/{sha256(paper)[:2]}/{sha256(paper)}": paper for paper in PAPERS},
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\3\4" + b"x" * 2_000, b"x" * 511, gzip.compress(b"x" * 2_000), bytes(1024)],
)
def test_what_is_no_backup_is_refused(refused, content):
    assert refused(content) in {
        "This is no backup of Comity.",
        "This is no backup of Comity, or it is damaged.",
        "The backup is cut short: its end is missing.",
    }


def test_backup_that_is_cut_short_is_refused_wherever(refused):
    whole = written()
    end = whole.index(b"end.json")

    told = {refused(whole[:length]) for length in range(0, end, 97)}

    assert told == {"The backup is cut short: its end is missing."}


def test_backup_of_which_a_byte_was_altered_is_refused_wherever(refused):
    whole = written()
    without_zeros = len(whole) - 1024

    taken = []
    for place in range(0, without_zeros, 31):
        altered = bytearray(whole)
        altered[place] ^= 0x20
        if refused(bytes(altered)) is None:
            taken.append(place)

    assert taken == []


@pytest.mark.parametrize(
    ("member", "content"),
    [
        (named("files/../../etc/passwd"), b"x"),
        (named("/etc/passwd"), b"x"),
        (named("files/" + "a" * 63 + "/x"), b"x"),
        (named("files/" + "a" * 64 + "/"), b""),
        (named("files/" + "a" * 64, type=tarfile.SYMTYPE, linkname="/etc/passwd"), b""),
        (named("files/" + "a" * 64, type=tarfile.LNKTYPE, linkname="manifest.json"), b""),
        (named("files/" + "a" * 64, type=tarfile.DIRTYPE), b""),
        (named("files/" + "a" * 64, type=tarfile.FIFOTYPE), b""),
        (named("files/" + "a" * 64, type=tarfile.CHRTYPE), b""),
        (named("files/" + "a" * 64, type=tarfile.GNUTYPE_SPARSE), b""),
        (named("files/" + "a" * 64, type=tarfile.CONTTYPE), b""),
        (named("files/" + "ä" * 64), b"x"),
        (named("a" * 300), b"x"),
        (named("comity.sqlite3"), b"x"),
    ],
)
def test_what_is_no_member_of_a_backup_is_refused(refused, member, content):
    assert "it is refused" in refused(put_in(member, content))


def test_name_that_would_harm_a_terminal_is_shown_without_that(refused):
    told = refused(put_in(named("a\x1b[2Jb")))

    assert told == "The backup holds “a?[2Jb”, which is nothing of Comity’s: it is refused."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (written(manifest(comity_backup=2)), "made by a newer version of Comity, in a form"),
        (written(manifest(comity_backup="1")), "This is no backup of Comity."),
        (written(manifest(comity_backup=True)), "This is no backup of Comity."),
        (
            written(manifest(migrations=[["audit", "0001_initial"], ["calls", "9999_later"]])),
            "made by a newer version of Comity, whose tables (calls, 9999_later)",
        ),
        (
            written(manifest(database={"kind": "postgres", "tables": [], "sequences": {}})),
            "The backup is of an installation on PostgreSQL, and this one is on SQLite.",
        ),
        (written(manifest(database={"kind": "oracle"})), "makes no sense"),
        (written(manifest(database={"bytes": -1})), "makes no sense"),
        (written(manifest(migrations="all")), "makes no sense"),
        (written(manifest(files={"count": 1e300, "bytes": 0})), "makes no sense"),
        (written({}), "This is no backup of Comity."),
        (
            written(manifest(files={"count": 2, "bytes": 1 << 60})),
            "There is too little room in",
        ),
        (written(manifest(files={"count": 2, "bytes": 9})), "files are larger than it says"),
        (written(manifest(database={"unpacked_bytes": 99})), "grows beyond what it says"),
        (written(manifest(database={"unpacked_bytes": 999})), "a part of its database is missing"),
        (written(packed=b"?" * len(PACKED)), "its database is not as it"),
        (
            written(manifest(b"?" * 9), packed=b"?" * 9),
            "its database cannot be unpacked",
        ),
        (written(papers=PAPERS[:1]), "it has not as many files as it says"),
        (written(papers=(PAPERS[1],) * 2), "twice"),
        (written(names=["0" * 64, sha256(PAPERS[1])]), f"the file {'0' * 64} is not as it was"),
        (written(end=False), "The backup is cut short: its end is missing."),
        (written(end={"lacking": ["0" * 64]}), "it has not as many files as it says"),
        (written(end={"lacking": [7]}), "its end does not belong to its beginning"),
        (written(end={"manifest_sha256": "0" * 64}), "its end does not belong to its beginning"),
    ],
)
def test_backup_that_is_not_what_it_says_is_refused(refused, content, sentence):
    assert sentence in refused(content)


def test_description_that_would_fill_the_memory_is_not_read(refused):
    content = archive._header(archive.MANIFEST, 1 << 40)

    assert refused(content) == "This is no backup of Comity: its manifest.json is too large."


@pytest.mark.parametrize("content", [b"[" * 100_000, b"{", b"[]", b"\xff"])
def test_description_that_is_none_is_refused(refused, content):
    target = io.BytesIO()

    Writer(target).add(archive.MANIFEST, io.BytesIO(content), len(content))

    assert refused(target.getvalue()) == "The backup is damaged: its manifest.json cannot be read."


def test_backup_whose_log_somebody_rewrote_is_refused_and_leaves_nothing(folders, tmp_path):
    used, new = folders
    code = (
        "from comity.audit.services import record; from comity.accounts.models import User;"
        "u = User.objects.create_user('a@meridian.example'); record(u, 'account.invited', u)"
    )
    assert used.run("manage", "shell", "-v", "0", "-c", code).returncode == 0
    with used.opened() as database:
        database.execute("DROP TRIGGER event_refuses_update")
        database.execute("UPDATE audit_event SET action = 'account.erased'")
    file = tmp_path / "rewritten.comity"
    assert used.run("backup", str(file)).returncode == 0

    restored = new.run("restore", str(file))

    sentence = "Error: The backup is refused: its log is not as it was written.\n"
    assert (restored.returncode, restored.stderr) == (1, sentence)
    assert sorted(path.name for path in new.folder.iterdir()) == ["secret-key", "static"]


def test_refused_backup_leaves_no_trace_on_the_command_line(tmp_path):
    file = tmp_path / "cut.comity"
    file.write_bytes(written()[:3_000])

    done = comity(tmp_path / "new", "restore", str(file))

    sentence = "Error: The backup is cut short: its end is missing.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["secret-key", "static"]
