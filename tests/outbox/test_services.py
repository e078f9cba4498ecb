import smtplib
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from comity.accounts.authority import SYSTEM
from comity.accounts.erasure import Leaving
from comity.outbox import services
from comity.outbox.models import MOST_ATTEMPTS, Message
from comity.outbox.services import (
    FIRST_PAUSE,
    KEPT_FOR,
    LEASE,
    deliver_due_messages,
    forget_messages_to,
    forget_old_texts,
    free_messages,
    post_message,
)
from comity.store.services import keep_file
from tests.factories.accounts import UserFactory
from tests.factories.outbox import MessageFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Server:
    """A mail server that raises each of ``errors`` first, then takes what it is given."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.taken = []

    def __call__(self, message):
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(message.subject)


def due(**fields):
    return MessageFactory(due_at=NOW, **fields)


def post(**fields):
    known = {"to": "reader@meridian.example", "subject": "S", "text": "T", "cause": "test.posted"}
    return post_message(**(known | fields))


def test_post_message_keeps_it_with_its_cause():
    about = MessageFactory()

    with translation.override("es"):
        message = post(about=about, html="<p>T</p>")

    message.refresh_from_db()
    assert (message.about, message.cause, message.language) == (about, "test.posted", "es")
    assert message.message_id.startswith("<")
    assert (message.sent_at, message.attempts) == (None, 0)


@pytest.mark.django_db(transaction=True)
def test_post_message_is_kept_with_the_change_or_not_at_all():
    with transaction.atomic():
        post()
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


def test_post_message_of_one_key_is_kept_once():
    first, second = post(key="call-1"), post(key="call-1", subject="Again")

    assert first == second
    assert [message.subject for message in Message.objects.all()] == ["S"]


def test_post_message_of_a_key_that_another_worker_posts_meanwhile_is_kept_once(monkeypatch):
    first = post(key="call-1")
    looked = Message.objects.none()
    monkeypatch.setattr(Message.objects, "filter", lambda **_conditions: looked)

    second = post(key="call-1")

    assert second == first


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "Hello\r\nBcc: all@meridian.example"),
        ("subject", "Hello\nworld"),
        ("sender", "a@b.example\nBcc: c@d.example"),
        ("reply_to", "a@b.example\rX: y"),
        ("to", "a@b.example\nBcc: c@d.example"),
        ("to", "nobody"),
    ],
)
def test_post_message_refuses_headers_of_several_lines(field, value):
    with pytest.raises(ValidationError) as refusal:
        post(**{field: value})

    assert list(refusal.value.message_dict) == [field]
    assert Message.objects.count() == 0


def test_deliver_due_messages_sends_each_once_and_in_order():
    due(subject="one")
    due(subject="two")
    MessageFactory(due_at=NOW + SECOND, subject="later")
    server = Server()

    assert deliver_due_messages(NOW, send=server) == 2
    assert deliver_due_messages(NOW, send=server) == 0
    assert server.taken == ["one", "two"]
    assert Message.objects.filter(sent_at=None).get().subject == "later"


def test_deliver_due_messages_sends_no_more_than_it_is_told():
    due(subject="one")
    due(subject="two")
    server = Server()

    assert deliver_due_messages(NOW, send=server, most=1) == 1
    assert server.taken == ["one"]


def test_message_whose_worker_died_goes_out_after_its_lease_under_the_same_id():
    message = due(subject="one")
    with pytest.raises(SystemExit):
        deliver_due_messages(NOW, send=Server(SystemExit("killed")))
    server = Server()

    early = deliver_due_messages(NOW + LEASE - SECOND, send=server)
    late = deliver_due_messages(NOW + LEASE, send=server)

    assert (early, late, server.taken) == (0, 1, ["one"])
    assert Message.objects.get().message_id == message.message_id


def test_failed_message_waits_and_does_not_hold_up_the_next():
    due(subject="one")
    due(subject="two")
    server = Server(ConnectionError("no route"))

    assert deliver_due_messages(NOW, send=server) == 1
    failed = Message.objects.get(sent_at=None)
    assert (failed.subject, failed.failure) == ("one", "ConnectionError: no route")
    assert deliver_due_messages(NOW + FIRST_PAUSE - SECOND, send=server) == 0
    assert deliver_due_messages(NOW + FIRST_PAUSE, send=server) == 1
    assert server.taken == ["two", "one"]
    failed.refresh_from_db()
    assert failed.failure == ""


def test_message_is_given_up_after_its_attempts_and_stays():
    due()
    server = Server(*(ConnectionError("no route") for _ in range(MOST_ATTEMPTS + 1)))

    for day in range(MOST_ATTEMPTS + 2):
        deliver_due_messages(NOW + timedelta(days=day), send=server)

    message = Message.objects.get()
    assert (message.attempts, message.given_up_at, message.sent_at) == (
        MOST_ATTEMPTS,
        NOW + timedelta(days=MOST_ATTEMPTS - 1),
        None,
    )


def test_message_whose_worker_died_on_the_last_attempt_is_given_up():
    due(attempts=MOST_ATTEMPTS, leased_until=NOW)

    deliver_due_messages(NOW, send=Server())

    message = Message.objects.get()
    assert (message.given_up_at, message.failure) == (
        NOW,
        "The worker stopped in the middle, every time.",
    )


@pytest.mark.parametrize(
    ("error", "is_given_up"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such person")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"try later")}), False),
        (mail.BadHeaderError("two lines"), True),
        (smtplib.SMTPServerDisconnected("gone"), False),
    ],
)
def test_message_is_given_up_at_once_where_trying_again_is_of_no_use(error, is_given_up):
    due()

    deliver_due_messages(NOW, send=Server(error))

    assert (Message.objects.get().given_up_at == NOW) is is_given_up


def test_worker_that_outlasts_its_lease_leaves_the_message_to_the_other():
    due()
    slow = services._claim(NOW)
    services._claim(NOW + LEASE)  # another worker takes it over

    services._deliver(slow, NOW + LEASE, Server(ConnectionError()))

    assert Message.objects.get().leased_until == NOW + 2 * LEASE


def test_failure_of_a_message_that_another_worker_sent_meanwhile_changes_nothing():
    due()
    slow = services._claim(NOW)
    Message.objects.update(sent_at=NOW, leased_until=None)

    services._deliver(slow, NOW, Server(ConnectionError()))

    fields = ("sent_at", "given_up_at", "due_at", "failure")
    assert list(Message.objects.values_list(*fields)) == [(NOW, None, NOW, "")]


def test_message_taken_before_another_worker_could_lease_it_is_passed_by(monkeypatch):
    message = due()
    monkeypatch.setattr(services.transaction, "atomic", _sending_first(message, transaction.atomic))

    assert services._claim(NOW) is None


def _sending_first(message, atomic):
    """Return ``atomic``, but another worker sends ``message`` before it begins."""

    def begin():
        Message.objects.filter(pk=message.pk).update(sent_at=NOW)
        return atomic()

    return begin


def test_nothing_leaves_a_demonstration(settings):
    settings.OUTBOX_TRANSPORT = ""
    due()

    assert deliver_due_messages(NOW) == 0
    assert mail.outbox == []
    assert list(Message.objects.values_list("attempts", "sent_at")) == [(0, None)]
    assert not Message.objects.waiting().exists()


def test_what_has_not_left_waits_where_there_is_a_mail_server(settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    waits = due()
    due(sent_at=NOW)
    due(given_up_at=NOW)

    assert list(Message.objects.waiting()) == [waits]


def test_message_goes_to_the_mail_server_with_its_id(settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    due(subject="one", sender="Meridian <m@m.example>", reply_to="r@m.example", html="<p>T</p>")
    due(subject="two", text="T")

    assert deliver_due_messages(NOW) == 2
    one, two = mail.outbox
    stored = Message.objects.get(subject="one")
    assert (one.subject, one.from_email, one.to) == ("one", "Meridian <m@m.example>", [stored.to])
    assert (one.reply_to, one.extra_headers["Message-ID"]) == (["r@m.example"], stored.message_id)
    assert [tuple(part) for part in one.alternatives] == [("<p>T</p>", "text/html")]
    assert (two.from_email, two.body, two.alternatives) == (settings.DEFAULT_FROM_EMAIL, "T", [])


def test_forget_old_texts_keeps_that_a_message_was_sent():
    due(subject="old", sent_at=NOW - KEPT_FOR - SECOND, html="<p>T</p>")
    due(subject="given up", given_up_at=NOW - KEPT_FOR - SECOND)
    due(subject="new", sent_at=NOW - KEPT_FOR)
    due(subject="waiting")

    assert forget_old_texts(NOW) == 2
    assert list(Message.objects.order_by("pk").values_list("subject", "text", "html")) == [
        ("old", "", ""),
        ("given up", "", ""),
        ("new", "A text.", ""),
        ("waiting", "A text.", ""),
    ]


def test_free_messages_takes_mail_out_of_the_hands_of_workers_that_are_no_more():
    now = NOW
    held = due(leased_until=now + timedelta(hours=1), attempts=1)
    sent = MessageFactory(leased_until=now + timedelta(hours=1), sent_at=now)

    freed = free_messages()

    assert (freed, list(Message.objects.due(now + timedelta(seconds=1)))) == (1, [held])
    sent.refresh_from_db()
    assert sent.leased_until is not None


def test_message_leaves_with_its_attachments_once_however_often_it_is_posted():
    file = keep_file(stream=BytesIO(b"One page."), name="page.txt", by=UserFactory())
    enclosed = [("page.txt", file)]

    post(key="with-file", attachments=enclosed)
    message = post(key="with-file", attachments=enclosed)
    post(attachments=enclosed)

    assert [each.name for each in message.attachments.all()] == ["page.txt"]
    message.due_at = NOW
    message.save()
    with override_settings(OUTBOX_TRANSPORT="django.core.mail.backends.locmem.EmailBackend"):
        assert deliver_due_messages(NOW) == 1
    assert mail.outbox[0].attachments == [("page.txt", "One page.", "text/plain")]


def test_attachments_are_forgotten_with_the_texts_and_with_their_reader():
    file = keep_file(stream=BytesIO(b"One page."), name="page.txt", by=UserFactory())
    old = post(attachments=[("page.txt", file)])
    Message.objects.filter(pk=old.pk).update(sent_at=NOW - KEPT_FOR - SECOND)
    theirs = post(to="gone@meridian.example", attachments=[("page.txt", file)])

    forget_old_texts(NOW)
    forget_messages_to(Leaving(None, frozenset(["gone@meridian.example"]), "Asked.", SYSTEM))

    assert (old.attachments.count(), theirs.attachments.count()) == (0, 0)


def test_attachment_whose_name_would_begin_another_header_is_refused():
    file = keep_file(stream=BytesIO(b"One page."), name="page.txt", by=UserFactory())
    with pytest.raises(ValidationError):
        post(attachments=[("page.txt\nBcc: x", file)])
