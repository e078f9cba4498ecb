import pytest

from tests.installation import comity
from tests.test_settings import KEY


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


def test_prepare_may_be_run_again(installation):
    before = sorted(path for path in installation.rglob("*"))

    again = comity(installation, "prepare")

    assert (again.returncode, again.stderr) == (0, "")
    assert sorted(path for path in installation.rglob("*")) == before
    assert {installation / "comity.sqlite3", installation / "static" / "staticfiles.json"} <= {
        *before
    }


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
