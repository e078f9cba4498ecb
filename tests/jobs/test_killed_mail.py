"""A worker that is killed while it sends a mail: what the promise of the outbox is.

What was not taken leaves later; what was taken before that could be recorded goes out again, under
the same Message-ID, by which the receiver knows the double; what is recorded never leaves again.
"""

import re
import signal
import socketserver
import threading

import pytest

from tests.jobs.test_worker import (  # noqa: F401 -- a fixture
    ask,
    put,
    started,
    wait_until,
    working,
)

UNSENT = "SELECT attempts, sent_at FROM outbox_message"


class MailServer(socketserver.ThreadingTCPServer):
    """A server that stops for good, once, before or after it takes what it is sent."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, stop_at):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.stop_at = stop_at
        self.stopped = threading.Event()
        self.taken = []

    def stop_here(self, place):
        """Keep the sender waiting, the first time."""
        if place == self.stop_at and not self.stopped.is_set():
            self.stopped.set()
            threading.Event().wait(60)


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs."""

    def handle(self):
        self.server.stop_here("before")
        self.say("220 mail.example")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.say("354 Go on")
                self.server.taken.append(self.read_mail())
                self.server.stop_here("after")
            self.say("221 Bye" if word == b"QUIT" else "250 Taken")

    def read_mail(self):
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        return b"".join(lines).decode()

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mail_server(request, monkeypatch):
    with MailServer(request.param) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("COMITY_MAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("COMITY_MAIL_PORT", str(server.server_address[1]))
        monkeypatch.setenv("COMITY_MAIL_SECURITY", "none")
        yield server
        server.shutdown()


def end_leases(folder):
    """Let the time pass for which the dead worker had the mail."""
    ask(folder, "UPDATE outbox_message SET leased_until = '2000-01-01 00:00:00'")


@pytest.mark.parametrize(
    ("mail_server", "copies"), [("before", 1), ("after", 2)], indirect=["mail_server"]
)
def test_mail_of_a_killed_worker_leaves_and_a_double_can_be_told(
    mail_server,
    started,  # noqa: F811 -- the fixture imported above
    copies,
):
    folder, start = started
    put(start, "post_message(to='a@b.example', subject='S', text='T', cause='test.posted')")

    with working(start) as process:
        assert mail_server.stopped.wait(40)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert ask(folder, UNSENT) == [(1, None)]
    end_leases(folder)
    with working(start) as process:
        wait_until(lambda: ask(folder, f"{UNSENT} WHERE sent_at IS NOT NULL"))
        process.send_signal(signal.SIGKILL)
        process.wait()
    end_leases(folder)
    assert start("-m", "django", "run_worker", "--once").wait() == 0

    known_as = [re.search(r"Message-ID: (\S+)", mail)[1] for mail in mail_server.taken]
    assert len(known_as) == copies
    assert {*known_as} == {name for (name,) in ask(folder, "SELECT message_id FROM outbox_message")}
