"""What can be done to the ministries and posts of a party."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, record_removal, save_change
from comity.parties.models import Ministry, Party, Post
from comity.parties.services.doubles import refuse_second_ministry, refuse_second_post


@dataclass(frozen=True)
class PostFacts:
    """What a post is called, in which ministry it stands, and who sees who holds it."""

    title: dict[str, str]
    ministry: Ministry | None = None
    is_focal_point: bool = False
    is_listed: bool = False


@transaction.atomic
def add_ministry(*, party: Party, name: dict[str, str], by: Actor) -> Ministry:
    """Keep a ministry, agency or department of ``party``.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        ValidationError: the party has one of this name already, or a value is wrong.
    """
    require(by, "parties.keep_people", party)
    ministry = Ministry(party=party, name=name)
    refuse_second_ministry(ministry)
    ministry.full_clean()
    ministry.save()
    record_creation(ministry, action="ministry.added", by=by)
    return ministry


@transaction.atomic
def rename_ministry(
    *, ministry: Ministry, name: dict[str, str], version: int, by: Actor
) -> Ministry:
    """Change what a ministry is called; raise EditConflict where it was saved meanwhile."""
    require(by, "parties.keep_people", ministry.party)
    changes = {"name": name}
    ministry = lock_version(ministry, version, yours=changes)
    save_change(ministry, changes, action="ministry.renamed", by=by)
    return ministry


@transaction.atomic
def remove_ministry(*, ministry: Ministry, version: int, by: Actor) -> None:
    """Remove a ministry in which no post stands; the log keeps what it was.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: posts stand in it.
    """
    require(by, "parties.keep_people", ministry.party)
    ministry = lock_version(ministry, version)
    if ministry.posts.exists():
        raise ValidationError(_("Posts stand in this ministry. Move them first."), code="posts")
    record_removal(ministry, action="ministry.removed", by=by)
    ministry.delete()


@transaction.atomic
def add_post(*, party: Party, facts: PostFacts, by: Actor) -> Post:
    """Keep a post of ``party``, which goes on when its holder changes.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        ValidationError: the ministry is another party's, the party has such a post already, or
            a value is wrong.
    """
    require(by, "parties.keep_people", party)
    _refuse_wrong_ministry(party, facts)
    post = Post(party=party, **vars(facts))
    refuse_second_post(post)
    post.full_clean()
    post.save()
    record_creation(post, action="post.added", by=by)
    return post


@transaction.atomic
def change_post(*, post: Post, facts: PostFacts, version: int, by: Actor) -> Post:
    """Change what a post is called and where it stands.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the ministry is another party's, or a value is wrong.
    """
    require(by, "parties.keep_people", post.party)
    _refuse_wrong_ministry(post.party, facts)
    changes = {**vars(facts)}
    post = lock_version(post, version, yours=changes)
    save_change(post, changes, action="post.changed", by=by)
    return post


@transaction.atomic
def remove_post(*, post: Post, version: int, by: Actor) -> None:
    """Remove a post that nobody ever held; the log keeps what it was.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: somebody holds or held it.
    """
    require(by, "parties.keep_people", post.party)
    post = lock_version(post, version)
    if post.affiliations.exists():
        raise ValidationError(
            _("Somebody holds or held this post: it stays in the record."), code="held"
        )
    record_removal(post, action="post.removed", by=by)
    post.delete()


def _refuse_wrong_ministry(party: Party, facts: PostFacts) -> None:
    if facts.ministry and facts.ministry.party_id != party.pk:
        raise ValidationError({"ministry": _("This ministry belongs to another party.")})
