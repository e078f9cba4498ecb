"""A draft takes the paragraphs that a file brings: what comes back unchanged changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.audit.services import record, save_change
from comity.texts.models import Paragraph, Passage, Revision, Standing, Wording
from comity.texts.services.passages import PassageFacts, take_out
from comity.texts.services.steps import ASIDE, count_up, lock_draft_version, ordered, place
from comity.texts.services.wordings import write_wording


@dataclass(frozen=True)
class Incoming:
    """One paragraph of a file: which it is, where the file says so; the words by language.

    A language that it does not bring stays as it is.
    """

    facts: PassageFacts
    words: Mapping[str, str]
    paragraph: int | None = None
    continues: int | None = None


@dataclass(frozen=True)
class Taken:
    """What a file changed; all noughts where it brought nothing new."""

    inserted: int = 0
    changed: int = 0
    removed: int = 0
    is_reordered: bool = False


@transaction.atomic
def take_passages(
    *, revision: Revision, incoming: Sequence[Incoming], version: int, by: Actor, source: str = ""
) -> tuple[Revision, Taken]:
    """Let a draft stand as ``incoming`` says, in its order; what it lacks is removed.

    A paragraph that the text knows stays itself; one named twice is itself where it stands
    first. ``source`` is the name of the file. Where nothing differs, nothing is recorded.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: the order of the paragraphs was changed after ``version``.
        ValidationError: the revision is out, a value is wrong, or something rests on what goes.
    """
    current = lock_draft_version(revision, version, by)
    _refuse_unknown(current, incoming)
    before = {each.paragraph_id: each for each in ordered(current)}
    ours = set(current.text.paragraphs.values_list("pk", flat=True))
    first: dict[int, int] = {}
    for index, each in enumerate(incoming):
        if each.paragraph in ours:
            first.setdefault(each.paragraph, index)
    kept = {key: incoming[index] for key, index in first.items()}
    gone = [passage for key, passage in before.items() if key not in kept]
    for passage in gone:
        take_out(passage, "passage.removed", by)
    changed = sum(
        _bring(passage, kept[key], current, by) for key, passage in before.items() if key in kept
    )
    standing = {first[key]: passage for key, passage in before.items() if key in kept}
    back = {index: key for key, index in first.items() if key not in before}
    fresh = {index: each for index, each in enumerate(incoming) if index not in standing}
    added = _add(current, fresh, back)
    stand = [each for _index, each in sorted({**standing, **added}.items())]
    old = [key for key in before if key in kept]
    moved = old != [each.paragraph_id for each in stand if each.paragraph_id in before]
    place(current, stand)
    taken = Taken(len(added), changed, len(gone), moved)
    if taken != Taken():
        count_up(current)
        record(by, "revision.imported", current, after={"file": source, **vars(taken)})
    return current, taken


def _refuse_unknown(revision: Revision, incoming: Sequence[Incoming]) -> None:
    languages = {language for each in incoming for language in each.words}
    if unknown := sorted(languages - set(revision.text.languages)):
        raise ValidationError(
            _("Unknown language: %(codes)s.") % {"codes": ", ".join(unknown)}, code="language"
        )


def _bring(passage: Passage, incoming: Incoming, revision: Revision, by: Actor) -> bool:
    """Change what differs of a passage that stands; tell whether anything did."""
    text, is_changed = revision.text, False
    if any(getattr(passage, name) != value for name, value in vars(incoming.facts).items()):
        save_change(passage, vars(incoming.facts), action="passage.changed", by=by)
        is_changed = True
    had = {each.language: each for each in passage.wordings.all()}
    said = {
        language: words
        for language, words in incoming.words.items()
        if language not in had or had[language].words != words
    }
    is_behind = text.original in said
    for language, words in said.items():
        if language in had:
            changes = {"words": words, "is_behind": False}
            save_change(had[language], changes, action="wording.changed", by=by)
        else:
            write_wording(passage, language, words, _standing(revision, language), by)
    for language, wording in had.items():
        if is_behind and language not in said:
            save_change(wording, {"is_behind": True}, action="wording.fell_behind", by=by)
    return is_changed or bool(said)


def _add(
    revision: Revision, fresh: Mapping[int, Incoming], back: Mapping[int, int]
) -> dict[int, Passage]:
    """Keep the passages that do not stand yet, aside, each with its words.

    ``back`` are the paragraphs of the text that stand again.
    """
    new = [index for index in fresh if index not in back]
    made = Paragraph.objects.bulk_create(
        Paragraph(text=revision.text, continues_id=fresh[index].continues) for index in new
    )
    keys = {**back, **{index: each.pk for index, each in zip(new, made, strict=True)}}
    passages: dict[int, Passage] = {}
    wordings = []
    for index, each in fresh.items():
        # What ``place`` takes aside stands beyond these.
        order = 3 * ASIDE + index
        passage = Passage(
            revision=revision, paragraph_id=keys[index], order=order, **vars(each.facts)
        )
        passage.clean_fields(exclude=["revision", "paragraph"])
        passages[index] = passage
        for language, words in each.words.items():
            standing = _standing(revision, language)
            wording = Wording(passage=passage, language=language, words=words, standing=standing)
            wording.clean_fields(exclude=["passage"])
            wordings.append(wording)
    Passage.objects.bulk_create(passages.values())
    Wording.objects.bulk_create(wordings)
    return passages


def _standing(revision: Revision, language: str) -> Standing:
    is_original = language == revision.text.original
    return Standing.ORIGINAL if is_original else Standing.UNOFFICIAL
