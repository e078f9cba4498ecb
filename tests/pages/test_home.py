"""What the first page shows, and where its themes lead."""

import pytest

from comity.processes.models import Theme


def test_first_page_counts_what_the_paper_has(paper, client):
    front = client.get("/").context["front"]

    assert front.figures == [
        ("processes", 13), ("parties", 143), ("participations", 239), ("meetings", 45),
        ("documents", 13), ("studies", 17), ("projects", 10),
    ]  # fmt: skip
    assert [(pair.count, pair.url) for pair in front.overlaps[:1]] == [(29, "/processes/apc/")]
    assert [(note.process, len(note.statements)) for note in front.notes] == [
        ("South American Conference", 2), ("Bali Process", 2),
    ]  # fmt: skip


def test_each_theme_leads_to_its_processes_in_their_own_words(paper, client):
    front = client.get("/").context["front"]
    found = {}
    for pair in front.themes:
        page = client.get(pair.url).context["found"]
        rows = [row for region in page.regions for row in region.rows]
        found[pair.words] = len(rows)
        assert all(row.areas for row in rows)

    assert found == {pair.words: pair.count for pair in front.themes}
    assert len(found) == 8


def test_words_of_a_theme_are_those_of_the_process(paper, client):
    url = "/processes/?theme=labour-migration"
    content = client.get(url, headers={"accept-language": "fr"}).content.decode()
    area = Theme.objects.get(slug="labour-migration").areas.select_related("process").first()

    assert f'<span class="remark" lang="en">“{area.words}”</span>' in content
    assert "Migration de main-d’œuvre" in content
    assert client.get("/processes/?theme=none").status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_first_page_speaks_of_the_same_in_each_language(paper, client, language):
    front = client.get("/", headers={"accept-language": language}).context["front"]

    assert [value for _label, value in front.figures] == [13, 143, 239, 45, 13, 17, 10]
    assert len(front.ahead) == 5
    assert len(front.latest) == 8
