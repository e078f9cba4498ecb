import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, send_mail

from comity.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def backend(settings):
    settings.EMAIL_BACKEND = "comity.outbox.mail.OutboxBackend"


def kept():
    fields = ("to", "sender", "reply_to", "subject", "text", "html", "cause")
    return list(Message.objects.order_by("pk").values_list(*fields))


def test_mail_of_other_parts_is_kept_and_not_sent(settings):
    sent = send_mail("Sign in", "Here is the link.", None, ["reader@meridian.example"])

    sender = settings.DEFAULT_FROM_EMAIL
    assert sent == 1
    assert kept() == [
        ("reader@meridian.example", sender, "", "Sign in", "Here is the link.", "", "mail")
    ]


def test_mail_is_kept_once_for_each_of_its_recipients():
    mail = EmailMultiAlternatives(
        "S",
        "T",
        "s@meridian.example",
        ["Reader <a@meridian.example>"],
        bcc=["b@meridian.example"],
        reply_to=["r@meridian.example"],
    )
    mail.attach_alternative("BEGIN:VCALENDAR", "text/calendar")
    mail.attach_alternative("<p>T</p>", "text/html")

    mail.send()

    rest = ("s@meridian.example", "r@meridian.example", "S", "T", "<p>T</p>", "mail")
    assert kept() == [("a@meridian.example", *rest), ("b@meridian.example", *rest)]


def test_mail_with_an_attachment_is_refused():
    mail = EmailMultiAlternatives("S", "T", None, ["a@meridian.example"])
    mail.attach("a.txt", "A", "text/plain")

    with pytest.raises(ValidationError, match="without attachments"):
        mail.send()

    assert kept() == []
