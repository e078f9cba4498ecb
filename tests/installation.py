"""An installation as ``comity prepare`` leaves it, made once for all that start one."""

import fcntl
import os
import shutil
import subprocess
import sys

import pytest


def comity(folder, *words, **variables):
    """Run a command of Comity in the installation in ``folder``, and return what it did."""
    inherited = {name: text for name, text in os.environ.items() if "COMITY" not in name}
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "comity", *words],
        env=inherited | {"PYTHONPATH": "src", "COMITY_DATA_DIR": str(folder)} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id):
    """A folder that ``comity prepare`` filled, to copy; the workers of one run share it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "prepared"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other worker waits until it is whole
        if not folder.exists():
            done = comity(folder, "prepare")
            assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def installation(prepared, tmp_path):
    """A folder of the test's own with an installation that nobody has used."""
    return shutil.copytree(prepared, tmp_path / "installation")
