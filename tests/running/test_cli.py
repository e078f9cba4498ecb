import os
import subprocess
import sys

import pytest

from tests.test_settings import KEY


def comity(data, *words, **variables):
    inherited = {name: text for name, text in os.environ.items() if "COMITY" not in name}
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "comity", *words],
        env=inherited | {"PYTHONPATH": "src", "COMITY_DATA_DIR": str(data)} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_manage_passes_everything_on_to_django(tmp_path):
    done = comity(tmp_path, "manage", "check", "--fail-level", "WARNING")

    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


@pytest.mark.parametrize("words", [["serve", "--port", "1"], ["manage", "check"], ["prepare"]])
def test_settings_that_cannot_be_used_end_with_one_sentence(tmp_path, words):
    done = comity(tmp_path, *words, COMITY_MODE="prod")

    sentence = "COMITY_MODE must be one of demonstration, production, not 'prod'.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_demonstration_is_refused_in_production(tmp_path):
    done = comity(
        tmp_path,
        *("prepare", "--demonstration"),
        COMITY_MODE="production",
        COMITY_SECRET_KEY=KEY,
        COMITY_HOSTS="comity.example",
        COMITY_DATABASE="sqlite",
    )

    sentence = "COMITY_MODE is production: a demonstration is refused there.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)
    assert not (tmp_path / "comity.sqlite3").exists()


def test_prepare_may_be_run_again(tmp_path):
    first = comity(tmp_path, "prepare")

    again = comity(tmp_path, "prepare")

    assert [(done.returncode, done.stderr) for done in (first, again)] == [(0, ""), (0, "")]
    assert (tmp_path / "comity.sqlite3").exists()
    assert (tmp_path / "static" / "staticfiles.json").exists()


def test_database_that_does_not_answer_ends_with_one_sentence(tmp_path):
    done = comity(
        tmp_path, "prepare", COMITY_DATABASE="postgres", COMITY_DATABASE_HOST=str(tmp_path)
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: The database cannot be used: ")
    assert "Traceback" not in done.stderr


def test_production_refuses_the_tables_of_a_demonstration(tmp_path):
    production = {
        "COMITY_MODE": "production",
        "COMITY_SECRET_KEY": KEY,
        "COMITY_HOSTS": "comity.example",
        "COMITY_DATABASE": "sqlite",
    }
    own = comity(tmp_path, "prepare", **production)
    comity(
        tmp_path,
        *("manage", "shell", "-v", "0", "-c"),
        "from comity.accounts.models import User;"
        "User.objects.create_user('admin@comity.example', 'demonstration')",
    )

    refused = [
        comity(tmp_path, "prepare", **production),
        comity(tmp_path, "serve", "--port", "8997", **production),
    ]

    sentence = (
        "COMITY_MODE is production, and the database is that of a demonstration, whose passwords "
        "everybody knows. Name another COMITY_DATA_DIR or database.\n"
    )
    assert (own.returncode, own.stderr) == (0, "")
    assert [(done.returncode, done.stdout, done.stderr) for done in refused] == [
        (1, "", sentence)
    ] * 2
