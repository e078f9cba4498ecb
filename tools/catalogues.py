"""Compile, update and check the catalogues of the interface's languages.

compile
    Write the binary catalogues that run; needs nothing but Python.
update
    Gather the words of the source into the catalogues; needs Debian's gettext.
check
    Say what is missing, fuzzy or out of date; needs Debian's gettext.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "src"
LOCALE = Path("comity/locale")
# English is the language of the source. Arabic proves the layout and is not translated yet.
COMPLETE = ("es", "fr")
SHARED = "LC_MESSAGES/django.po"


def compile_catalogues() -> None:
    """Write each catalogue beside itself as the binary file that gettext reads."""
    for path in sorted(SOURCE.glob(f"{LOCALE}/*/{SHARED}")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def gather(source: Path) -> None:
    """Gather the words of the package at ``source`` into its catalogues."""
    for language in COMPLETE:
        (source / LOCALE / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    languages = [f"--locale={language}" for language in COMPLETE]
    plain = ["--verbosity=0", "--no-location", "--no-obsolete", "--no-wrap"]
    # Without settings, so that gathering needs no data folder and no part that starts.
    environment = {name: text for name, text in os.environ.items() if "SETTINGS" not in name}
    subprocess.run(  # noqa: S603 -- every word of the command is ours
        [sys.executable, "-m", "django", "makemessages", *languages, *plain],
        cwd=source / "comity",
        env=environment,
        check=True,
    )


def words(catalogue: polib.POFile) -> set[tuple[str, str]]:
    """Return what a catalogue translates: each text with its context."""
    return {(entry.msgctxt or "", entry.msgid) for entry in catalogue if not entry.obsolete}


def is_translated(entry: polib.POEntry, forms: int) -> bool:
    """Whether an entry has all its words; what is counted has ``forms`` of them."""
    plurals = [entry.msgstr_plural.get(number) for number in range(forms)]
    return entry.translated() and (not entry.msgid_plural or all(plurals))


def problems(path: Path, fresh: Path) -> Iterator[str]:
    """Name what the catalogue at ``path`` lacks, compared with one gathered just now."""
    if not path.exists():
        yield f"{path}: there is no catalogue; run make messages."
        return
    catalogue = polib.pofile(str(path))
    plurals = catalogue.metadata.get("Plural-Forms", "nplurals=2;")
    forms = int(plurals.split("nplurals=")[1].split(";")[0])
    for entry in catalogue:
        if entry.fuzzy:
            yield f"{path}:{entry.linenum}: fuzzy: {entry.msgid!r}"
        elif not entry.obsolete and not is_translated(entry, forms):
            yield f"{path}:{entry.linenum}: not translated: {entry.msgid!r}"
    # What a sentence fills in must be filled in by its translation too.
    formats = subprocess.run(  # noqa: S603 -- every word of the command is ours
        ["msgfmt", "--check-format", "--output-file=-", str(path)],  # noqa: S607 -- Debian's gettext
        capture_output=True,
        check=False,
    )
    if formats.returncode:
        yield from formats.stderr.decode().splitlines()
    kept, gathered = words(catalogue), words(polib.pofile(str(fresh)))
    for _context, text in sorted(gathered - kept):
        yield f"{path}: the source has a text that it lacks: {text!r}"
    for _context, text in sorted(kept - gathered):
        yield f"{path}: the source no longer has: {text!r}"


def check() -> int:
    """Print every problem of the catalogues; return 1 if there is one."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "src"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        gather(copy)
        found = [
            problem
            for language in COMPLETE
            for problem in problems(
                SOURCE / LOCALE / language / SHARED, copy / LOCALE / language / SHARED
            )
        ]
    print("\n".join([*found, f"Catalogues: {len(found)} problems."]))
    return 1 if found else 0


def main(words_given: list[str]) -> int:
    """Do what the one word given asks for."""
    match words_given:
        case ["compile"]:
            compile_catalogues()
        case ["update"]:
            gather(SOURCE)
        case ["check"]:
            return check()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
