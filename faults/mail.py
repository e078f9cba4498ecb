"""A mail server that takes everything and remembers when each message began to come."""

import re
import socketserver
import threading
import time

NAME = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class MailServer(socketserver.ThreadingTCPServer):
    """As much of a mail server as counting needs."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[tuple[str, float]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server_address[1]

    def handle_error(self, _request, _address) -> None:
        """Say nothing of a sender that was killed."""


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs."""

    def handle(self) -> None:
        """Take mails until the sender is done."""
        self.say("220 faults")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                began = time.time()
                self.say("354 Go on")
                if found := NAME.search(self.read_mail()):
                    self.server.taken.append((found[1].decode(), began))
            self.say("221 Bye" if word == b"QUIT" else "250 Taken")

    def read_mail(self) -> bytes:
        """Return the mail; nothing of one whose sender died before its end."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return b""
            lines.append(line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        """Answer."""
        self.wfile.write(f"{words}\r\n".encode())
