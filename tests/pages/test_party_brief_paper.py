"""The brief about a State of the paper: each fact with its mark, whole on paper too."""

import re
from html import unescape

from comity.processes.models import Area, Participation


def rows_of(client, process):
    """Return the lines about a process in the brief about Germany, by their heads, in words."""
    page = unescape(client.get("/parties/DEU/brief/").content.decode())
    section = re.search(rf"<section>\s*<h2>{process}</h2>(.*?)</section>", page, re.DOTALL)[1]
    found = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', section, re.DOTALL)
    return {head: re.sub(r"<[^>]*>", "", words) for head, words in found}


def test_brief_shows_all_areas_and_where_they_stand(paper, client):
    shown = {}
    for each in client.get("/parties/DEU/brief/").context["brief"].processes:
        slug = each.seat.slug
        areas = Area.objects.filter(process__slug=slug, part_of=None).order_by("order", "pk")
        shown[slug] = re.sub(r"<cite.*?</cite>", "", each.areas).strip().split("; ")
        assert shown[slug] == list(areas.values_list("words", flat=True))
        assert 'class="source"' in each.areas

    taking = Participation.objects.filter(party__code="DEU").values_list("process__slug", flat=True)
    assert set(shown) == set(taking)
    assert max(len(each) for each in shown.values()) > 5
    assert "more</a>" not in client.get("/parties/DEU/brief/").content.decode()


def test_partner_with_several_roles_is_named_once(paper, client):
    rows = rows_of(client, "Cluster Process")

    assert rows["Partners"].strip() == (
        "International Organization for Migration (facilitator, organisation, preparation, "
        "facilitation and follow-up, facilitation of return and reintegration projects "
        "(missions) Annex I, ¶24; provides a forum ¶7)"
    )


def test_brief_says_what_bears_a_mark(paper, client):
    page = client.get("/parties/DEU/brief/").content.decode()

    assert (
        "A fact that rests on a source bears its mark; what is at a glance sums up what follows."
    ) in page
    assert "Everything with its source" not in page
