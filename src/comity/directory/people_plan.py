"""What a workbook of people would change: each row through the services that a page would use."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.authority import Actor
from comity.core.translated import text_in
from comity.directory.queries import parties_of
from comity.office.plans import Plan, Step, StepKind, show_changes
from comity.office.problems import Problem
from comity.office.workbooks import Change, Sheet, SheetRow, changes
from comity.parties.models import Affiliation, Party, Place, Post
from comity.parties.services import (
    AffiliationFacts,
    PersonFacts,
    add_person,
    change_affiliation,
    change_person,
    end_affiliation,
)
from comity.processes.models import Contact, Process
from comity.processes.services.relations import add_contact, remove_contact
from comity.processes.workbooks import kind_of_step, last_day_of

PERSON = ("name", "email", "telephone", "language")
LOCKED = ("party_name", "ministry")


@dataclass(frozen=True)
class Known:
    """Somebody who is there: what brings them, and their contacts by network."""

    affiliation: Affiliation
    party_name: str
    contacts: dict[int, Contact] = field(default_factory=dict)


class PeoplePlanner:
    """Goes through the rows of a workbook, and says what is to be done or what is wrong."""

    def __init__(
        self, process: Process, by: Actor, file: str, sheet: Sheet, known: Sequence[Known]
    ) -> None:
        self.process, self.by, self.file, self.sheet = process, by, file, sheet
        self.known = {str(each.affiliation.pk): each for each in known}
        self.before = {row.key: row for row in sheet.rows}
        self.labels = {column.key: column.label for column in sheet.columns}
        today = timezone.localdate()
        with_posts = parties_of(process, today, by).with_name(today)
        posts = Prefetch("posts", Post.objects.order_by("-is_focal_point", "pk"))
        self.parties = {
            party.code.casefold(): party for party in with_posts.prefetch_related(posts)
        }
        self.networks = {f"network:{row.pk}": row for row in process.networks.all()}
        self.problems: list[Problem] = []
        self.people: dict[int, SheetRow] = {}

    def plan(self, rows: Sequence[SheetRow]) -> Plan:
        """Return what is to be done for all rows, with everything that is wrong."""
        self._refuse_second_rows(rows)
        self._refuse_persons_made_one(rows)
        steps = [step for row in rows if (step := self._step(row))]
        touched = sum(step.kind != StepKind.ADDED for step in steps)
        return Plan(self.file, steps, len(self.known) - touched, self.problems)

    def note(self, row: SheetRow, column: str, reason: str) -> None:
        """Say what is wrong with a row."""
        label = self.labels.get(column, "")
        self.problems.append(Problem(self.file, self.sheet.title, row.number, label, reason))

    def _refuse_second_rows(self, rows: Sequence[SheetRow]) -> None:
        """Refuse a new row of somebody who stands there already: in the file, or in the record."""
        seen: dict[tuple[str, str], int] = {}
        in_file = {row.key: row.number for row in rows if row.key}
        for each in (*self.sheet.rows, *(row for row in rows if row.key)):
            for mark in _marks(each):
                seen[mark] = in_file.get(each.key, 0)
        for row in rows:
            if row.key:
                continue
            found = [seen[mark] for mark in _marks(row) if mark in seen]
            if found and found[0]:
                at = {"row": found[0]}
                self.note(row, "name", _("This is the same person as in row %(row)d.") % at)
            elif found:
                self.note(row, "name", _("This person is in the record already. Fetch it anew."))
            seen |= dict.fromkeys(_marks(row), row.number)

    def _refuse_persons_made_one(self, rows: Sequence[SheetRow]) -> None:
        """Refuse a row changed so that its person has the name or e-mail address of another.

        Persons whom the record calls the same already may stay so.
        """
        kept = [row for row in rows if row.key in self.known]
        in_file = {row.key for row in kept}
        left_out = [row for row in self.sheet.rows if row.key not in in_file]
        holders: dict[tuple[str, str], list[SheetRow]] = {}
        for each in (*kept, *left_out):
            for mark in _marks(each):
                holders.setdefault(mark, []).append(each)
        for row in kept:
            before = _marks(self.before[row.key])
            new = [mark for mark in _marks(row) if mark not in before]
            others = [
                other
                for mark in new
                for other in holders[mark]
                if self._person(other) != self._person(row)
            ]
            if others and others[0].key in in_file:
                at = {"row": others[0].number}
                self.note(row, "name", _("This is the same person as in row %(row)d.") % at)
            elif others:
                self.note(row, "name", _("This person is in the record already. Fetch it anew."))

    def _person(self, row: SheetRow) -> int:
        return self.known[row.key].affiliation.person_id

    def _step(self, row: SheetRow) -> Step | None:
        known = self.known.get(row.key)
        changed = [
            change
            for change in changes([self.before[row.key]] if known else [], [row])
            if change.column not in LOCKED and not _is_nowhere(change)
        ]
        agrees = self._agrees(row, known)
        if not changed or not agrees:
            return None
        party, wrong = self._party(row, known), len(self.problems)
        post = self._post(row, party, known) if party else None
        if party is None or len(self.problems) > wrong:
            return None
        old = known.affiliation if known else None
        facts = AffiliationFacts(
            begins=str(row.values["begins"]),
            ends=str(row.values["ends"] or ""),
            post=post,
            place=Place(str(row.values["place"])),
            may_speak=bool(old and old.may_speak),
            seconded_by=old.seconded_by if old else None,
        )
        person = PersonFacts(**{name: str(row.values[name] or "") for name in PERSON})
        kind = kind_of_step(known is None, changed)
        step = _Doing(self, row, changed, party, person, facts, known)
        shown = show_changes(self.sheet.columns, changed)
        return Step(kind, person.name, self.sheet.title, row.number, shown, step.do, self.labels)

    def _agrees(self, row: SheetRow, known: Known | None) -> bool:
        """Tell whether the rows of one person say the same of them; each has their name once."""
        if known is None:
            return True
        first = self.people.setdefault(known.affiliation.person_id, row)
        for name in PERSON:
            if (first.values[name] or "") != (row.values[name] or ""):
                self.note(
                    row,
                    name,
                    _("Row %(row)d says something else of the same person.")
                    % {"row": first.number},
                )
                return False
        return True

    def is_first_of_person(self, row: SheetRow, known: Known) -> bool:
        """Tell whether ``row`` is the one that changes its person, who may stand in several."""
        return self.people[known.affiliation.person_id] is row

    def _party(self, row: SheetRow, known: Known | None) -> Party | None:
        code = str(row.values["party"] or "").strip()
        party = self.parties.get(code.casefold())
        if party is None:
            self.note(
                row,
                "party",
                _("No party with the code “%(code)s” takes part in this process.") % {"code": code},
            )
        elif known and party.pk != known.affiliation.party_id:
            self.note(
                row,
                "party",
                _("Who moves to another party ends here: add a row for what begins there."),
            )
            return None
        return party

    def _post(self, row: SheetRow, party: Party, known: Known | None) -> Post | None:
        wanted = str(row.values["post"] or "")
        if not wanted:
            return None
        current = known.affiliation.post if known else None
        posts = [*([current] if current else []), *party.posts.all()]
        post = next((post for post in posts if title_key(post) == wanted), None)
        if post is None:
            self.note(row, "post", _("%(party)s has no post of that name.") % {"party": party})
        return post


@dataclass(frozen=True)
class _Doing:
    planner: PeoplePlanner
    row: SheetRow
    changed: Sequence[Change]
    party: Party
    person: PersonFacts
    facts: AffiliationFacts
    known: Known | None

    def do(self) -> None:
        """Do what the row says, each part only where it changes something."""
        by, columns = self.planner.by, {change.column for change in self.changed}
        if self.known is None:
            person = add_person(party=self.party, facts=self.person, affiliation=self.facts, by=by)
            self._put_into_networks(person.affiliations.get())
            return
        held = self.known.affiliation
        is_first = self.planner.is_first_of_person(self.row, self.known)
        if columns.intersection(PERSON) and is_first:
            version = held.person.version
            change_person(person=held.person, facts=self.person, version=version, by=by)
        self._change_affiliation(held, columns)
        self._put_into_networks(held)

    def _change_affiliation(self, held: Affiliation, columns: set[str]) -> None:
        by, about = self.planner.by, columns.intersection({"post", "place", "begins", "ends"})
        last_day = last_day_of(self.facts.ends)
        if about == {"ends"} and last_day:
            end_affiliation(affiliation=held, last_day=last_day, version=held.version, by=by)
        elif about:
            change_affiliation(affiliation=held, facts=self.facts, version=held.version, by=by)

    def _put_into_networks(self, held: Affiliation) -> None:
        contacts = self.known.contacts if self.known else {}
        for change in self.changed:
            if network := self.planner.networks.get(change.column):
                if change.after:
                    add_contact(network=network, affiliation=held, by=self.planner.by)
                else:
                    contact = contacts[network.pk]
                    remove_contact(contact=contact, version=contact.version, by=self.planner.by)


def _marks(row: SheetRow) -> list[tuple[str, str]]:
    """Return by what a person is known: the name in their party, and the e-mail address."""
    name = " ".join(str(row.values["name"] or "").casefold().split())
    email = str(row.values["email"] or "").strip().casefold()
    party = str(row.values["party"] or "").strip().casefold()
    return [(party, name), *([("@", email)] if email else [])]


def _is_nowhere(change: Change) -> bool:
    """Tell whether an empty cell only says once more that somebody is not in a network."""
    is_network = change.column.startswith("network:")
    return is_network and not change.before and not change.after


def title_key(post: Post) -> str:
    """Return that by which posts of one title are found, whatever the reader's language."""
    with override(settings.LANGUAGE_CODE):
        return text_in(post.title)
