from comity.processes.models import Area
from tests.factories.processes import AreaFactory, ThemeFactory
from tests.processes.conftest import sent


def test_names_are_changed_language_by_language(editor, page, process):
    typed = {
        "version": 1,
        "name_en": "Meridian Dialogue",
        "name_zh": "子午线对话",
        "short_name_en": "M",
    }

    response = editor.post(page("names"), typed)

    assert sent(response)[:2] == (302, page("names"))
    process.refresh_from_db()
    assert (process.name, process.short_name) == (
        {"en": "Meridian Dialogue", "zh": "子午线对话"},
        {"en": "M"},
    )


def test_alias_is_added_changed_and_removed(editor, page, process):
    editor.post(page("alias_add"), {"name": "MD", "language": "en"})
    alias = process.aliases.get()
    editor.post(page("alias", alias.pk), {"version": 1, "name": "DM", "language": "es"})

    stale = editor.post(page("alias_remove", alias.pk), {"version": 1})
    names = list(process.aliases.values_list("name", "language"))
    removed = editor.post(page("alias_remove", alias.pk), {"version": 2})

    assert (stale.status_code, names) == (422, [("DM", "es")])
    assert stale.context["problems"][0].startswith(
        f"{process.terms.last().party.affiliations.get().person.name}"
    )
    assert sent(removed) == (302, page("names"), ["“DM” is removed."])
    assert not process.aliases.exists()


def test_area_keeps_its_themes(editor, page, process):
    themes = [ThemeFactory(), ThemeFactory()]
    typed = {"words": "Return", "language": "en", "order": 1}
    editor.post(page("area_add"), typed | {"themes": [theme.pk for theme in themes]})
    area = Area.objects.get()

    shown = editor.get(page("area", area.pk))
    change = typed | {"version": 1, "themes": [themes[0].pk], "order": 2}
    changed = editor.post(page("area", area.pk), change)

    assert shown.content.decode().count(" checked") == 2
    assert sent(changed)[:2] == (302, page("areas"))
    area.refresh_from_db()
    assert (area.order, list(area.themes.all())) == (2, themes[:1])


def test_area_with_parts_is_not_removed(editor, page, process):
    area = AreaFactory(process=process)
    part = AreaFactory(process=process, part_of=area)

    refused = editor.post(page("area_remove", area.pk), {"version": 1})
    removed = editor.post(page("area_remove", part.pk), {"version": 1})

    assert (refused.status_code, refused.context["problems"]) == (
        422,
        ["This area has parts. Remove them first."],
    )
    assert sent(removed)[0] == 302
    assert list(Area.objects.all()) == [area]


def test_removal_without_a_version_removes_nothing(editor, page, process):
    area = AreaFactory(process=process)

    response = editor.post(page("area_remove", area.pk))

    assert (response.status_code, Area.objects.count()) == (422, 1)
