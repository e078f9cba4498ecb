import os
import subprocess
import sys

HEAVY = {"docx", "docxtpl", "openpyxl", "pypdf", "vl_convert", "weasyprint"}


def test_web_process_starts_without_what_is_the_workers(tmp_path):
    # Settings load the addresses only at the first page, so the code asks for them.
    code = (
        "import sys; from comity.wsgi import application; from django.urls import get_resolver\n"
        "get_resolver().url_patterns; print([name for name in sys.modules if '.' not in name])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "comity.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "'comity'" in done.stdout
    assert [name for name in sorted(HEAVY) if f"'{name}'" in done.stdout] == []
