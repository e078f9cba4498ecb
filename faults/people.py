"""People at their browsers: each signs in, asks, edits and sends files, one after the other."""

import hashlib
import http.client
import io
import random
import re
import threading
import time
import urllib.parse
from http.cookies import SimpleCookie

from openpyxl import load_workbook

from faults.ledger import Ledger

TROUBLES = (OSError, http.client.HTTPException)
PAUSE_SECONDS = 0.3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SignedOut(Exception):  # noqa: N818 -- an answer, no fault
    """The installation wants the person to sign in."""


class Person(threading.Thread):
    """One person; what is answered with a redirection is acknowledged, nothing else."""

    def __init__(self, who: dict, password: str, port: int, ledger: Ledger, seed: int) -> None:
        super().__init__(daemon=True, name=who["email"])
        self.who, self.password, self.port, self.ledger = who, password, port, ledger
        self.chance = random.Random(f"{seed} {who['email']}")
        self.cookies: dict[str, str] = {}
        self.stopped = threading.Event()
        self.troubles = self.number = 0
        of_the_office = [self.give_name, self.give_name, self.upload]
        self.acts = [self.ask] if who["role"] == "state" else of_the_office

    def run(self) -> None:
        """Act until stopped; what fails is tried again as something new."""
        while not self.stopped.is_set():
            try:
                if "sessionid" not in self.cookies:
                    self.sign_in()
                self.number += 1
                self.chance.choice(self.acts)()
            except SignedOut:
                self.cookies.clear()
            except TROUBLES:
                self.troubles += 1
                self.stopped.wait(PAUSE_SECONDS)
            self.stopped.wait(self.chance.uniform(0, 0.2))

    def sign_in(self) -> None:
        """Sign in with the password."""
        self.fetch("/accounts/login/")
        form = {"login": self.who["email"], "password": self.password}
        self.post("/accounts/login/", form)
        if "sessionid" not in self.cookies:
            self.stopped.wait(PAUSE_SECONDS)
            raise SignedOut
        self.ledger.write("signed in", email=self.who["email"])

    def ask(self) -> None:
        """Ask something of the secretariat, which is told by mail."""
        words = f"Question {self.number} of {self.who['party']} at {time.time_ns()}"
        form = {"party": self.who["party"], "words": words}
        if self.post("/processes/meridian/requests/ask/", form):
            self.ledger.write("asked", words=words)

    def give_name(self) -> None:
        """Give the process another name."""
        name = f"Nickname{time.time_ns():x}{self.number}"
        if self.post("/processes/meridian/names/add/", {"name": name, "language": "en"}):
            self.ledger.write("named", name=name)

    def upload(self) -> None:
        """Fetch the workbook of participants, fill something in, and send it back."""
        book = load_workbook(io.BytesIO(self.fetch("/processes/meridian/participants/edit.xlsx")))
        book.properties.title = f"{self.who['email']} {time.time_ns()}"
        filled = io.BytesIO()
        book.save(filled)
        content = filled.getvalue()
        sha256 = hashlib.sha256(content).hexdigest()
        if self.post("/processes/meridian/participants/workbook/", {}, content):
            self.ledger.write("uploaded", sha256=sha256, email=self.who["email"])

    def fetch(self, path: str) -> bytes:
        """Return a page; raise HTTPException where it does not come."""
        status, answer = self._ask("GET", path, b"", {})
        if status != 200:
            raise http.client.HTTPException(status)
        return answer

    def post(self, path: str, form: dict[str, str], content: bytes | None = None) -> bool:
        """Send a form; tell whether what it asks for was acknowledged."""
        if content is None:
            body = urllib.parse.urlencode(form).encode()
            kind = "application/x-www-form-urlencoded"
        else:
            line = f"line{self.chance.getrandbits(60):x}"
            head = (
                f"--{line}\r\nContent-Disposition: form-data; name=workbook; "
                f"filename=participants.xlsx\r\nContent-Type: {XLSX}\r\n\r\n"
            )
            body = head.encode() + content + f"\r\n--{line}--\r\n".encode()
            kind = f"multipart/form-data; boundary={line}"
        status, answer = self._ask("POST", path, body, {"Content-Type": kind})
        if status in {400, 403, 404, 422}:
            said = re.sub(rb"<[^>]+>|\s+", b" ", answer)[:2000].decode()
            self.ledger.write("refused", path=path, status=status, said=said)
        return status == 302

    def _ask(self, method: str, path: str, body: bytes, headers: dict) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, self._headers() | headers)
            response = connection.getresponse()
            answer = response.read()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        to = response.headers.get("Location", "")
        if response.status == 302 and "/accounts/login" in to:
            raise SignedOut
        return response.status, answer

    def _headers(self) -> dict[str, str]:
        known = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Host": "127.0.0.1",
            "Origin": "https://127.0.0.1",
            "Referer": "https://127.0.0.1/",
            "X-Forwarded-Proto": "https",
            "Cookie": known,
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }
