"""Serve the platform: web processes and workers, kept alive by one command.

This process holds neither Django nor the tables: it prepares in a child, starts the parts,
starts again what dies, and ends all of them when it is told to.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from threading import Event

import click

from comity import env

THREADS = 4
# How long a request or a piece of work may take to end when the platform is stopped.
GRACE_SECONDS = 20
# A part that lives shorter than this waits before its next start, each time twice as long.
SHORT_LIFE_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
PR_SET_PDEATHSIG = 1  # the number that Linux gives to "a signal when my parent dies"


class Part:
    """A process that runs for as long as the platform is served."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause_seconds = 0.0

    def keep(self) -> None:
        """Start the process if it does not run; one that died young waits before."""
        if self.process and (code := self.process.poll()) is not None:
            young = time.monotonic() - self.started_at < SHORT_LIFE_SECONDS
            longer = max(2 * self.pause_seconds, FIRST_PAUSE_SECONDS)
            self.pause_seconds = min(longer, LONGEST_PAUSE_SECONDS) if young else 0.0
            self.started_at = time.monotonic()
            self.process = None
            click.echo(f"The {self.name} ended with code {code}; it is started again.", err=True)
        if self.process is None and time.monotonic() - self.started_at >= self.pause_seconds:
            self.start()

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl+C reaches only its keeper."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 -- every word of the command is ours
            self.command,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 -- this process has one thread
        )

    def end(self, deadline: float) -> None:
        """Wait for the process until the moment ``deadline``, then end what is left of it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def web(host: str, port: int, workers: int) -> Part:
    """Return the web server.

    Each of its processes loads the platform itself, so that they share no connection.
    """
    return Part(
        "web",
        [
            *(sys.executable, "-m", "gunicorn", "comity.wsgi:application"),
            *("--config", "python:comity.web"),
            *("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"),
            *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(THREADS)),
            *("--graceful-timeout", str(GRACE_SECONDS), "--no-control-socket"),
            *("--forwarded-allow-ips", env.text("PROXY", "127.0.0.1,::1")),
            *("--log-level", "warning"),
        ],
    )


def workers() -> list[Part]:
    """Return what does the work after the page, sends the mail and runs the clock.

    The second leaves long work to the first, so that mail and the clock never wait behind it.
    """
    command = [sys.executable, "-m", "comity", "manage", "run_worker"]
    return [Part("worker", command), Part("worker for short work", [*command, "--short-only"])]


def serve(host: str, port: int, web_processes: int, *, demonstration: bool) -> int:
    """Prepare the installation and serve it until a signal; return the exit code."""
    if problem := why_not_listen(host, port):
        click.echo(problem, err=True)
        return 1
    here = f"http://localhost:{port}"
    if env.text("MODE", "demonstration") == "demonstration":
        os.environ.setdefault("COMITY_ADDRESS", here)
    prepare = [sys.executable, "-m", "comity", "prepare"]
    if demonstration:
        prepare.append("--demonstration")
    code = subprocess.run(prepare, check=False).returncode  # noqa: S603 -- every word is ours
    if code:
        return code if code > 0 else 128 - code
    click.echo(f"\nComity answers at {env.text('ADDRESS', here)} – stop it with Ctrl+C.")
    keep_all([web(host, port, web_processes), *workers()])
    return 0


def why_not_listen(host: str, port: int) -> str | None:
    """Return why the address cannot be listened on, or nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            return (
                f"Port {port} of {host} cannot be used ({error.strerror}): choose another --port."
            )
    return None


def end_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Ask Linux to end this process when the one that started it dies, even if it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def keep_all(parts: Sequence[Part]) -> None:
    """Keep the parts running until SIGTERM, SIGINT or SIGHUP; then end them and return."""
    told_to_stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: told_to_stop.set())
    while not told_to_stop.is_set():
        for part in parts:
            part.keep()
        told_to_stop.wait(0.3)
    for part in parts:
        if part.process:
            part.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS + 5
    for part in parts:
        part.end(deadline)
