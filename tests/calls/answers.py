"""What the tests of answering share: addresses, and a form as the browser sends it."""

from django.urls import reverse

from comity.calls.answer_forms import NAME, SEEN


def address(reply, page="answer", *args):
    return reverse(f"calls:{page}", args=[reply.call_id, reply.party.code, *args])


def typed(client, reply, changes, **more):
    """Return what the browser sends when a reader opens the page and changes some fields."""
    form = client.get(address(reply)).context["form"]
    data = {"ministry": form.initial["ministry"] or ""}
    for row in form.rows():
        data[NAME + row.asked.key] = row.bound.value()
        data[SEEN + row.asked.key] = row.seen
    return data | {NAME + key: value for key, value in changes.items()} | more


def values(reply):
    """Return the draft of a party as it stands."""
    return {entry.key: entry.value for entry in reply.entries.all()}
