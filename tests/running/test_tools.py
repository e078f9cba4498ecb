import shutil
import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parent.parent.parent / "tools"
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def run(place, name, *words):
    """Run a tool in a project of its own; return its code and its lines without the folder."""
    (place / "tools").mkdir(exist_ok=True)
    shutil.copy(TOOLS / name, place / "tools" / name)
    done = subprocess.run(
        [sys.executable, f"tools/{name}", *words],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.replace(f"{place}/", "").splitlines()


def catalogue(place, language, text):
    path = place / "src/comity/locale" / language / "LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_links_names_what_leads_nowhere(tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "good.md").write_text("# Try it\n[a](#try-it) [b](https://comity.example)\n")
    (tmp_path / "bad.md").write_text("[a](gone.md) [b](good.md#gone) [c](good.md#try-it)\n")

    assert run(tmp_path, "links.py") == (
        1,
        [
            "bad.md: gone.md does not exist.",
            "bad.md: good.md#gone: there is no such heading.",
            "Links: 2 broken in 2 documents.",
        ],
    )


def test_catalogues_are_complete_and_up_to_date_or_named(tmp_path):
    for language in ("es", "fr"):
        catalogue(tmp_path, language, 'msgid "Yes"\nmsgstr "X"\n')
    source = tmp_path / "src/comity/page.py"
    source.write_text('from django.utils.translation import gettext as _\n_("Yes")\n')

    complete = run(tmp_path, "catalogues.py", "check")
    source.write_text(source.read_text() + '_("No")\n')
    catalogue(tmp_path, "fr", 'msgid "Yes"\nmsgstr ""\n\n#, fuzzy\nmsgid "No"\nmsgstr "X"\n')
    lacking = run(tmp_path, "catalogues.py", "check")

    place = "src/comity/locale"
    assert complete == (0, ["Catalogues: 0 problems."])
    assert lacking == (
        1,
        [
            f"{place}/es/LC_MESSAGES/django.po: the source has a text that it lacks: 'No'",
            f"{place}/fr/LC_MESSAGES/django.po:4: not translated: 'Yes'",
            f"{place}/fr/LC_MESSAGES/django.po:7: fuzzy: 'No'",
            "Catalogues: 3 problems.",
        ],
    )


def test_word_that_is_counted_needs_each_of_its_forms(tmp_path):
    forms = 'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=n==1?0:n==0?1:2;"\n\n'
    counted = 'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "%(n)d"\nmsgstr[1] "%(n)d"\n'
    source = tmp_path / "src/comity/page.py"
    for language in ("es", "fr"):
        path = catalogue(tmp_path, language, "")
        path.write_text(forms + counted, encoding="utf-8")
    source.write_text(
        'from django.utils.translation import ngettext\nngettext("%(n)d day", "%(n)d days", 2)\n'
    )

    code, lines = run(tmp_path, "catalogues.py", "check")

    assert code == 1
    assert [line for line in lines if "not translated: '%(n)d day'" in line]


def test_catalogues_are_compiled_without_gettext(tmp_path):
    path = catalogue(tmp_path, "fr", 'msgid "Yes"\nmsgstr "Oui"\n')

    assert run(tmp_path, "catalogues.py", "compile") == (0, [])
    assert b"Oui" in path.with_suffix(".mo").read_bytes()
