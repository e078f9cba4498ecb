"""A backup taken while people work, brought back and compared row by row and byte by byte."""

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.installation import comity

ROOT = Path(__file__).parent.parent.parent
# What differs in any case: the restore is recorded at the end of the log.
AT_THE_END = {"audit_event", "audit_head"}
SESSION = (
    "INSERT INTO django_session (session_key, session_data, expire_date)"
    " VALUES ('k', 'd', '2030-01-01 00:00:00+00')"
)
NOT_EMPTY = (
    "This installation is not empty: it holds accounts. A backup is restored into a new one: "
    "name another COMITY_DATA_DIR, or another database."
)
LEASED = "UPDATE {} SET leased_until = '2030-01-01 00:00:00+00' WHERE id = 2"
LEASES = "SELECT count(*) FROM {} WHERE leased_until IS NOT NULL"


def environment_of(place):
    inherited = {name: text for name, text in os.environ.items() if "COMITY" not in name}
    ours = {
        "PYTHONPATH": "src",
        "COMITY_DATA_DIR": str(place.folder),
        "DJANGO_SETTINGS_MODULE": "comity.settings",
    }
    return inherited | place.variables | ours


@contextmanager
def at_work(place):
    """Have somebody work in the installation; give what reads what was acknowledged."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("people_at_work.py"))],
        env=environment_of(place),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield lambda: process.stdout.readline().split()
        finally:
            process.kill()


def test_backup_taken_while_people_write_is_one_moment_of_the_installation(places, tmp_path):
    used, new = places
    file = tmp_path / "whole.comity"

    with at_work(used) as read:
        before = [read() for _each in range(5)]
        backed_up = used.run("backup", str(file))
        after = used.count("accounts_user")
        while used.count("accounts_user") < after + 2:
            read()
    restored = new.run("restore", str(file))

    assert (backed_up.returncode, backed_up.stderr) == (0, "")
    assert (restored.returncode, restored.stderr) == (0, "")
    theirs, ours = used.tables(), new.tables()
    assert all(any(email in row for row in ours["accounts_user"]) for email, _sha in before)
    assert len(before) <= len(ours["accounts_user"]) <= after < len(theirs["accounts_user"])
    # Rows are only added or discarded by whoever was at work: all that came back was there.
    assert ours["accounts_user"] < theirs["accounts_user"]
    assert len(ours["audit_event"] - theirs["audit_event"]) == 1
    with new.opened() as database:
        named = {sha for (sha,) in database.execute("SELECT sha256 FROM store_storedfile")}
    assert new.contents().keys() == named
    assert {hashlib.sha256(content).hexdigest() for content in new.contents().values()} == named
    assert f"SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()}" in backed_up.stdout


def test_restored_installation_is_the_same_row_by_row_and_byte_by_byte(places, tmp_path):
    used, new = places
    file = tmp_path / "whole.comity"
    with at_work(used) as read:
        for _each in range(4):
            read()
    with used.opened() as database:
        database.execute(SESSION)
        database.execute(
            "UPDATE outbox_message SET sent_at = '2026-01-02 00:00:00+00' WHERE id = 1"
        )
        for table in ("outbox_message", "jobs_job"):
            database.execute(LEASED.format(table))
        sent = database.execute("SELECT id, sent_at FROM outbox_message ORDER BY id").fetchall()

    assert used.run("backup", str(file)).returncode == 0
    restored = new.run("restore", str(file))
    verified = new.run("manage", "verify_log")
    again = new.run("backup", str(tmp_path / "again.comity"))

    theirs, ours = used.tables(), new.tables()
    assert ours.keys() == theirs.keys()
    same = theirs.keys() - AT_THE_END - {"django_session", "outbox_message", "jobs_job"}
    same -= {"sqlite_sequence"}
    assert {name for name in same if ours[name] != theirs[name]} == set()
    assert theirs["audit_event"] < ours["audit_event"]
    assert (len(theirs["django_session"]), ours["django_session"]) == (1, set())
    with new.opened() as database:
        kept = database.execute("SELECT id, sent_at FROM outbox_message ORDER BY id").fetchall()
        leased = [
            database.execute(LEASES.format(table)).fetchone()[0]
            for table in ("outbox_message", "jobs_job")
        ]
    assert (kept, leased) == (sent, [0, 0])
    assert len(ours["jobs_job"]) == len(theirs["jobs_job"])
    assert new.contents() == used.contents() != {}
    assert "its log was checked" in restored.stdout
    assert verified.stdout.endswith("events, each as it was written.\n")
    assert (again.returncode, again.stderr) == (0, "")


def test_backup_of_an_older_version_is_brought_up_to_date(places, tmp_path):
    used, new = places
    file = tmp_path / "older.comity"
    assert used.run("manage", "migrate", "search", "0002").returncode == 0

    backed_up = used.run("backup", str(file))
    restored = new.run("restore", str(file))

    assert (backed_up.returncode, restored.returncode, restored.stderr) == (0, 0, "")
    assert new.run("manage", "migrate", "--check").returncode == 0
    with new.opened() as database:
        assert database.execute("SELECT is_public FROM search_searchentry").fetchall() == []


def test_backup_is_read_by_its_owner_alone_and_replaces_nothing(installation, tmp_path):
    file = tmp_path / "whole.comity"

    first = comity(installation, "backup", str(file))
    content = file.read_bytes()
    second = comity(installation, "backup", str(file))

    assert (first.returncode, stat.S_IMODE(file.stat().st_mode)) == (0, 0o600)
    assert (second.returncode, second.stderr) == (
        1,
        f"Error: {file} is there already. Choose another name.\n",
    )
    assert file.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["installation", "whole.comity"]


def test_backup_names_the_files_that_the_disk_has_lost(folders, tmp_path):
    used, new = folders
    file = tmp_path / "whole.comity"
    with at_work(used) as read:
        read()
        read()
    lost, damaged, *_others = sorted(used.folder.glob("files/[0-9a-f]*/*"))
    lost.unlink()
    damaged.write_bytes(b"?" * damaged.stat().st_size)

    backed_up = used.run("backup", str(file))
    restored = new.run("restore", str(file))

    assert backed_up.returncode == 2
    assert backed_up.stderr == (
        "2 stored files are lost or damaged on this disk, and are not in the backup: "
        f"{lost.name}, {damaged.name}\n"
    )
    assert restored.returncode == 0
    assert "2 stored files were lost before the backup was made." in restored.stdout
    assert new.contents().keys() == used.contents().keys() - {damaged.name}


def test_restore_tells_which_settings_are_others_here(installation, tmp_path):
    file = tmp_path / "whole.comity"
    comity(installation, "backup", str(file), COMITY_TIME_ZONE="America/La_Paz")

    restored = comity(tmp_path / "new", "restore", str(file))

    assert "COMITY_TIME_ZONE was 'America/La_Paz' there; here it is 'UTC'.\n" in restored.stdout


def test_restore_is_refused_where_anybody_has_done_anything(folders, tmp_path):
    used, new = folders
    file = tmp_path / "whole.comity"
    with at_work(used) as read:
        read()
    assert used.run("backup", str(file)).returncode == 0
    before = used.tables()

    over_the_used = used.run("restore", str(file))
    into_a_prepared = (new.run("prepare"), new.run("restore", str(file)))[1]

    assert (over_the_used.returncode, over_the_used.stderr) == (
        1,
        f"Error: {NOT_EMPTY}\n",
    )
    assert used.tables() == before
    assert (into_a_prepared.returncode, into_a_prepared.stderr) == (0, "")


def test_restore_is_refused_while_the_installation_is_in_use(places, tmp_path):
    used, _new = places
    file = tmp_path / "whole.comity"
    assert used.run("backup", str(file)).returncode == 0

    with used.opened() as database:
        database.execute("SELECT count(*) FROM accounts_user").fetchone()
        refused = used.run("restore", str(file))

    assert refused.returncode == 1
    assert "Stop that first." in refused.stderr or "stop “comity serve”" in refused.stderr


def test_restore_that_is_killed_says_so_and_is_begun_again(places, tmp_path):
    used, new = places
    file = tmp_path / "whole.comity"
    with at_work(used) as read:
        read()
    assert used.run("backup", str(file)).returncode == 0
    with subprocess.Popen(
        [sys.executable, "-m", "comity", "restore", str(file)],
        env=environment_of(new),
        stdout=subprocess.DEVNULL,
    ) as process:
        until = time.monotonic() + 60
        while not (new.folder / "restoring" / "files").exists() and time.monotonic() < until:
            time.sleep(0.002)
        process.kill()

    others = (["prepare"], ["manage", "check"], ["backup", str(tmp_path / "other.comity")])
    told = [new.run(*words) for words in others]
    again = new.run("restore", str(file))

    assert process.returncode == -signal.SIGKILL
    assert {(done.returncode, done.stdout) for done in told} == {(1, "")}
    assert {done.stderr[:64] for done in told} == {
        "A restore into this installation was cut short, or is still under"[:64]
    }
    assert (again.returncode, again.stderr) == (0, "")
    assert new.tables()["accounts_user"] == used.tables()["accounts_user"]
    assert new.contents() == used.contents()


@pytest.mark.parametrize("words", [["backup", "no/folder/x"], ["restore", "nothing-here"]])
def test_what_is_not_there_is_said_in_a_sentence(installation, words):
    done = comity(installation, *words)

    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (1, 1, False)
    assert json.dumps(done.stdout) == '""'
