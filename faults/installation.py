"""An installation of the harness's own, that can be started, killed and started again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from comity.serving import end_with_parent

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 120


class Postgres:
    """A database server of the harness's own, reached through a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            sys.exit("PostgreSQL is missing: please install the Debian package postgresql.")
        self._programs, self.folder = found[-1].parent, folder
        folder.mkdir(mode=0o755)
        self._as_other = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
            self._as_other = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--pdeathsig=KILL",
            ]
        words = ["--username", "comity", "--auth", "trust", "--encoding", "UTF8"]
        self._run("initdb", "--pgdata", "data", *words, "--locale", "C.UTF-8")
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        program = [*self._as_other, str(self._programs / "postgres")]
        with (self.folder.parent / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*program, "-D", "data", "-k", str(self.folder), "-c", "listen_addresses="],
                cwd=self.folder,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        ready = [str(self._programs / "pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ready, check=False).returncode:
            if time.monotonic() > until:
                sys.exit("PostgreSQL does not start; look into postgres.log.")
            time.sleep(0.1)

    def make_database(self) -> None:
        """Make the empty database of the installation."""
        self._run("createdb", "-h", str(self.folder), "-U", "comity", "comity")

    def kill(self) -> None:
        """Kill the server with all of its processes, in no order."""
        if self.process.poll() is None:
            kill_tree(self.process.pid)
            self.process.wait()

    def _run(self, program: str, *words: str) -> None:
        command = [*self._as_other, str(self._programs / program), *words]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)


class Installation:
    """Comity, served as in production, beside a mail server of the harness."""

    def __init__(self, folder: Path, *, database: str, mail_port: int, breaking: str) -> None:
        self.folder, self.port = folder, free_port()
        self.postgres = Postgres(folder / "postgres") if database == "postgres" else None
        inherited = {name: text for name, text in os.environ.items() if "COMITY" not in name}
        self.environment = inherited | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "comity.settings",
            "COMITY_MODE": "production",
            "COMITY_DATA_DIR": str(folder / "data"),
            "COMITY_SECRET_KEY": "an-installation-that-is-killed-again-and-again-0123456789",
            "COMITY_HOSTS": "127.0.0.1",
            "COMITY_SECOND_FACTOR": "optional",
            "COMITY_DATABASE": database,
            "COMITY_DATABASE_HOST": str(folder / "postgres"),
            "COMITY_MAIL_HOST": "127.0.0.1",
            "COMITY_MAIL_PORT": str(mail_port),
            "COMITY_MAIL_SECURITY": "none",
            "COMITY_LOG_LEVEL": "ERROR",
            "FAULTS_BREAK": breaking,
        }
        self._log = (folder / "serve.log").open("ab")
        self.served: subprocess.Popen | None = None

    def furnish(self) -> dict:
        """Make the tables and the people; return how to act as them."""
        if self.postgres:
            self.postgres.start()
            self.postgres.make_database()
        self.run("-m", "comity", "prepare")
        return json.loads(self.run("-m", "faults.furnishing"))

    def start(self) -> None:
        """Serve, and wait until the first page comes."""
        words = ["-m", "comity", "serve", "--port", str(self.port), "--workers", "2"]
        self.served = self.popen(*words, stdout=self._log)
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            if time.monotonic() > until or self.served.poll() is not None:
                sys.exit(f"The installation does not start; look into {self.folder}/serve.log.")
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill all that serves, keeper first, so that nothing is started again."""
        if self.served.poll() is None:
            kill_tree(self.served.pid)
            self.served.wait()

    def kill_part(self, part: str, choose) -> bool:
        """Kill one process: of the ``web`` (its keeper is left), or a ``worker``."""
        found = []
        for child in children_of(self.served.pid):
            words = command_of(child)
            if part == "web" and "gunicorn" in words:
                found += children_of(child)
            if part == "web server" and "gunicorn" in words:
                found.append(child)
            if part == "worker" and "run_worker" in words:
                found.append(child)
        if found:
            with suppress(ProcessLookupError):
                os.kill(choose(found), signal.SIGKILL)
        return bool(found)

    def popen(self, *words: str, **how) -> subprocess.Popen:
        """Run Python in the installation."""
        how = {"stderr": self._log} | how
        return subprocess.Popen(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            preexec_fn=end_with_parent,  # noqa: PLW1509 -- it calls one function of C
            **how,
        )

    def run(self, *words: str) -> str:
        """Run Python in the installation, and return what it says."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=False,
            text=True,
        )
        if done.returncode:
            sys.exit(f"{' '.join(words)} ended with {done.returncode}.")
        return done.stdout


def free_port() -> int:
    """Return a port where nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started."""
    with suppress(OSError):
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(word) for word in words.split()]
    return []


def command_of(pid: int) -> str:
    """Return with which words a process was started."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    return ""


def kill_tree(pid: int) -> None:
    """Kill a process and all that it started, and wait until they are gone."""
    tree, found = [pid], [pid]
    while found:
        found = [child for each in found for child in children_of(each)]
        tree += found
    for each in tree:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    until = time.monotonic() + PATIENCE_SECONDS
    while any(_is_alive(each) for each in tree[1:]) and time.monotonic() < until:
        time.sleep(0.02)


def _is_alive(pid: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        return state != "Z"
    return False
