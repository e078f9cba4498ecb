"""Run the harness: ``python -m faults --seconds 40 --seed 7``."""

import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click

from faults.installation import Installation
from faults.ledger import Ledger
from faults.mail import MailServer
from faults.people import Person

# How often each is chosen; “everything” is a power cut, after which every promise is checked.
KILLS = {"web": 4, "web server": 1, "worker": 4, "State": 3, "everything": 3}
PAUSES_SECONDS = (0.5, 3.0)
STATES = 2
REST_SECONDS = PATIENCE_SECONDS = 60
# Of each kind one is done before the first kill, and some after a power cut before the next.
KINDS = {"signed in", "asked", "named", "uploaded", "drafted", "sent", "accepted"}
ACTS_BETWEEN = 10


@dataclass
class Run:
    """One run: an installation, the people who act in it, and what came of it."""

    installation: Installation
    mail: MailServer
    ledger: Ledger
    chance: random.Random
    folder: Path
    states: list = field(default_factory=list)
    kills: Counter = field(default_factory=Counter)
    checks: int = 0
    broken: list = field(default_factory=list)

    def start(self) -> None:
        """Serve, and let the States' processes act."""
        self.installation.start()
        self.states = [self._state(number) for number in range(STATES)]

    def act(self, seconds: float, kinds: set[str]) -> None:
        """Kill at random for so long; stop where a promise is broken."""
        self._wait_for(lambda: kinds <= self.ledger.counts.keys())
        kills = KILLS | ({"database": 3} if self.installation.postgres else {})
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.broken:
            time.sleep(self.chance.uniform(*PAUSES_SECONDS))
            what = self.chance.choices(list(kills), list(kills.values()))[0]
            self._kill(what)

    def stop(self, people: list[Person]) -> None:
        """Let the people go home and the work come to rest, end all, and check once more."""
        if not self.broken:
            self._kill("everything")
        for person in people:
            person.stopped.set()
        for process, _reader in self.states:
            process.kill()
        for person in people:
            person.join()
        until = time.monotonic() + (0 if self.broken else REST_SECONDS)
        while time.monotonic() < until and self._ask("rest")["left"]:
            time.sleep(1)
        self.installation.kill()
        self._join_states()
        if not self.broken:
            self.check("last")

    def check(self, *words: str) -> None:
        """Ask whether every promise was kept; nothing else runs meanwhile."""
        (self.folder / "deliveries.json").write_text(json.dumps(self.mail.taken), encoding="utf-8")
        answer = self._ask(*words)
        self.checks += 1
        self.broken += answer["broken"]
        self.broken += [f"{name}: a break was not noticed." for name in answer.get("unnoticed", ())]

    def _kill(self, what: str) -> None:
        installation = self.installation
        done = True
        if what == "State":
            number = self.chance.randrange(STATES)
            self.states[number][0].kill()
        elif what == "database":
            installation.postgres.kill()
            installation.postgres.start()
        elif what == "everything":
            self._cut_power()
        else:
            done = installation.kill_part(what, self.chance.choice)
        self.kills[what] += done
        self._go_on()

    def _go_on(self) -> None:
        """Start the States' processes again that were killed."""
        for number, (process, reader) in enumerate(self.states):
            if process.poll() is not None:
                reader.join()
                self.states[number] = self._state(number)

    def _cut_power(self) -> None:
        """Kill all that there is, check, and start again."""
        for process, _reader in self.states:
            process.kill()
        self.installation.kill()
        self._join_states()
        if postgres := self.installation.postgres:
            postgres.kill()
            postgres.start()
        self.check()
        if not self.broken:
            self.installation.start()
            enough = self.ledger.counts.total() + ACTS_BETWEEN
            self._wait_for(lambda: self.ledger.counts.total() >= enough)

    def _wait_for(self, is_enough: Callable[[], bool]) -> None:
        """Wait until enough was acknowledged: else there is nothing to lose."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_enough() and time.monotonic() < until:
            self._go_on()
            time.sleep(0.1)

    def _state(self, number: int) -> tuple:
        seed = str(self.chance.random())
        words = ["-m", "faults.states", str(number), seed]
        process = self.installation.popen(*words, stdout=-1, text=True)

        def read() -> None:
            for line in process.stdout:
                if line.endswith("\n"):  # what was cut off was told to nobody
                    self.ledger.write(**json.loads(line))

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        return process, reader

    def _join_states(self) -> None:
        for process, reader in self.states:
            process.wait()
            reader.join()

    def _ask(self, *words: str) -> dict:
        return json.loads(self.installation.run("-m", "faults.checking", str(self.folder), *words))


@click.command()
@click.option("--seconds", default=40.0, show_default=True, help="For how long things are killed.")
@click.option("--seed", type=int, help="Kill in the order of an earlier run.")
@click.option("--database", type=click.Choice(["sqlite", "postgres"]), default="sqlite")
@click.option(
    "--breaking",
    type=click.Choice(["acknowledges-early"]),
    default=None,
    help="Break a promise on purpose: the run fails unless that is noticed.",
)
@click.option("--keep", is_flag=True, help="Leave the folder of the run.")
def main(seconds: float, seed: int | None, database: str, breaking: str | None, keep: bool) -> None:  # noqa: FBT001 -- click gives it so
    """Kill servers, workers and databases while people act, and check every promise."""
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    folder = Path(tempfile.mkdtemp(prefix="comity-faults-"))
    folder.chmod(0o755)
    mail = MailServer()
    ledger = Ledger(folder / "ledger.jsonl")
    installation = Installation(
        folder, database=database, mail_port=mail.server_address[1], breaking=breaking or ""
    )
    run = Run(installation, mail, ledger, random.Random(seed), folder)
    began = time.monotonic()
    try:
        furnished = installation.furnish()
        run.start()
        people = [
            Person(who, furnished["password"], installation.port, ledger, seed)
            for who in furnished["people"]
        ]
        for person in people:
            person.start()
        run.act(seconds, {"sent"} if breaking else KINDS)
        run.stop(people)
    finally:
        for process, _reader in run.states:
            process.kill()
        if installation.served:
            installation.kill()
        if installation.postgres and installation.postgres.process:
            installation.postgres.kill()
    tell(run, seed, database, time.monotonic() - began)
    if keep or bool(run.broken) != bool(breaking):
        print(f"What is left of it: {folder}")
    else:
        shutil.rmtree(folder)
    if breaking:
        print("The break was noticed." if run.broken else "The break was NOT noticed.")
    sys.exit(bool(run.broken) != bool(breaking))


def tell(run: Run, seed: int, database: str, seconds: float) -> None:
    """Print what was done and what was found."""
    copies = Counter(name for name, _began in run.mail.taken)
    print(f"Seed {seed}, {database}, {seconds:.0f} seconds, {run.checks} checks.")
    print("Killed: " + ", ".join(f"{what} {count}" for what, count in run.kills.most_common()))
    print("Acknowledged: " + ", ".join(f"{act} {n}" for act, n in run.ledger.counts.most_common()))
    print(f"Mail: {len(copies)} messages, {sum(copies.values()) - len(copies)} came twice.")
    for sentence in run.broken[:20]:
        print(f"BROKEN {sentence}")
    if not run.broken:
        print("Every promise was kept.")


main()
