import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from comity import serving

SECONDS = 60


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def wait_for(question):
    """Return the first answer that is not empty."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.1)
    pytest.fail(f"No answer within {SECONDS} seconds.")


def status(port):
    """Return the status of the first page, or nothing while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            return page.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return None


def children(pid):
    """Return the processes that a process started, by what their command names."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        command = Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8")
        short = "short" if "--short-only" in command else "worker"
        found["web" if "gunicorn" in command else short] = int(child)
    return found


@contextmanager
def served(data, port):
    inherited = {name: text for name, text in os.environ.items() if "COMITY" not in name}
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        [sys.executable, "-m", "comity", "serve", "--port", str(port), "--workers", "1"],
        env=inherited | {"PYTHONPATH": "src", "COMITY_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_serve_revives_what_dies_and_ends_all_of_it(installation):
    port = free_port()
    with served(installation, port) as process:
        first = wait_for(lambda: status(port))
        before = wait_for(lambda: len(children(process.pid)) == 3 and children(process.pid))
        for part in before.values():
            os.kill(part, signal.SIGKILL)
        after = wait_for(
            lambda: (
                not (found := children(process.pid)).items() & before.items()
                and len(found) == 3
                and found
            )
        )
        again = wait_for(lambda: status(port))
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=SECONDS)[0]

    assert first == again
    assert process.returncode == 0
    assert f"Comity answers at http://localhost:{port} – stop it with Ctrl+C." in said
    assert "The web ended with code -9; it is started again." in said
    assert "The worker ended with code -9; it is started again." in said
    assert "The worker for short work ended with code -9; it is started again." in said
    assert [name for name, part in after.items() if Path(f"/proc/{part}").exists()] == []


def test_parts_end_when_their_keeper_is_killed(installation):
    port = free_port()
    with served(installation, port) as process:
        wait_for(lambda: status(port))
        parts = wait_for(lambda: len(children(process.pid)) == 3 and children(process.pid))
        process.kill()
        process.wait()

        wait_for(lambda: not any(Path(f"/proc/{part}").exists() for part in parts.values()))

        assert status(port) is None


def test_web_server_that_is_killed_leaves_nobody_on_its_port(installation):
    port = free_port()
    with served(installation, port) as process:
        wait_for(lambda: status(port))
        with socket.create_connection(("127.0.0.1", port)) as unfinished:
            unfinished.sendall(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n")
            web = children(process.pid)["web"]
            workers = Path(f"/proc/{web}/task/{web}/children").read_text(encoding="ascii").split()
            os.kill(web, signal.SIGKILL)
            began = time.monotonic()
            wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
            seconds = time.monotonic() - began

    assert workers
    assert seconds < serving.GRACE_SECONDS / 4


def test_serve_names_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        problem = serving.why_not_listen("127.0.0.1", port)

    sentence = f"Port {port} of 127.0.0.1 cannot be used (Address already in use)"
    assert problem == f"{sentence}: choose another --port."


def test_part_that_dies_young_waits_ever_longer():
    part = serving.Part("short", [sys.executable, "-c", ""])
    pauses = []
    for _ in range(3):
        part.start()
        part.process.wait()
        part.keep()
        pauses.append(part.pause_seconds)

    assert pauses == [0.5, 1.0, 2.0]


def test_part_that_does_not_end_is_ended():
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    part = serving.Part("stubborn", [sys.executable, "-c", code])
    part.start()

    part.end(time.monotonic() + 0.2)

    assert part.process.returncode == -signal.SIGKILL
