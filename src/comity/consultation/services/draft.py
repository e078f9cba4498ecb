"""How words get into the next draft of a text.

The drafting committee writes by the rules of this app, which are narrower than those of texts:
who does not run the process writes there through the platform, and the log says who it was.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.accounts.authority import SYSTEM, Actor, may
from comity.audit.services import record
from comity.consultation.queries import draft_of
from comity.texts.models import Kind, Passage, Revision, Standing, Text, Wording
from comity.texts.services.passages import PassageFacts, insert_passage
from comity.texts.services.passages import remove_passage as take_passage_out
from comity.texts.services.revisions import start_revision
from comity.texts.services.wordings import change_wording


def draft_for_merging(revision: Revision, by: Actor) -> Revision:
    """Return the draft into which proposals on ``revision`` go; it is started by the first."""
    return draft_of(revision.text) or start_revision(text=revision.text, by=by)


def passage_of(draft: Revision, paragraph: int) -> Passage:
    """Return a paragraph as it stands in ``draft``.

    Raises ValidationError where it was taken out of it.
    """
    found = draft.passages.filter(paragraph=paragraph).first()
    if found is None:
        raise ValidationError(_("This paragraph is not in the draft any more."), code="gone")
    found.revision = draft
    return found


def words_of(passage: Passage, language: str) -> str:
    """Return what ``passage`` says in ``language``; nothing where it is not written in it."""
    words = passage.wordings.filter(language=language).values_list("words", flat=True)
    return words.first() or ""


def put_words(
    passage: Passage, language: str, words: str, by: Actor, *, version: int | None = None
) -> Wording:
    """Let ``passage`` say ``words``; ``version`` is that of the words its writer saw.

    Raises:
        EditConflict: somebody changed them since.
        ValidationError: the text is not written in this language.
    """
    current = passage.wordings.filter(language=language).first()
    seen = version if version is not None else current.version if current else 0
    standing = Standing(current.standing) if current else Standing.UNOFFICIAL
    wording = change_wording(
        passage=passage,
        language=language,
        words=words,
        version=seen,
        by=_writing(passage.revision.text, by),
        standing=standing,
    )
    _sign(passage, by)
    return wording


def add_after(passage: Passage, words: Mapping[str, str], by: Actor) -> Passage:
    """Add a paragraph of the same kind behind ``passage``; it has no number yet."""
    revision = Revision.objects.get(pk=passage.revision_id)
    facts = PassageFacts(kind=Kind(passage.kind), level=passage.level)
    added = insert_passage(
        revision=revision,
        after=passage,
        facts=facts,
        words=words,
        version=revision.version,
        by=_writing(revision.text, by),
    )
    _sign(added, by)
    return added


def remove_passage(passage: Passage, by: Actor) -> None:
    """Take a paragraph out of the draft; it stays in the revisions before."""
    revision = Revision.objects.get(pk=passage.revision_id)
    _sign(passage, by)
    take_passage_out(passage=passage, version=revision.version, by=_writing(revision.text, by))


def _writing(text: Text, by: Actor) -> Actor:
    return by if may(by, "texts.write", text) else SYSTEM


def _sign(passage: Passage, by: Actor) -> None:
    """Say in the log who wrote, where the platform wrote for somebody of the committee."""
    if _writing(passage.revision.text, by) is not by:
        record(by, "text.written", passage)
