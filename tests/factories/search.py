"""Things to find: any row will do, so they are users' content types with numbers of their own."""

from comity.search import services
from comity.search.sources import SearchKind


def declare_kinds(registry):
    for order, name in enumerate(("paper", "meeting")):
        registry._entries[name] = SearchKind(name, name.title(), order)


def findable(
    target, title="Visas", text="", *, keys=("public",), kind="paper", language="en", **more
):
    services.index(
        target,
        kind=kind,
        url=f"/things/{target.pk}/",
        passages=[(language, title, text)],
        keys=keys,
        **more,
    )
    return target
