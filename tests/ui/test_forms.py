from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import translation

from comity.ui.errors import csrf_failure
from tests.ui.patterns import BodyForm

RIGHT = {"name_en": "Network", "name_ar": " شبكة ", "begins": "2003", "kind": "wg", "place": "a"}


def filled(**changes):
    data = QueryDict(mutable=True)
    data.update({"version": "3", **RIGHT, **changes})
    return BodyForm(data)


def test_text_in_several_languages_leaves_out_what_is_blank():
    form = filled()

    assert form.is_valid()
    assert form.cleaned_data["name"] == {"en": "Network", "ar": "شبكة"}


def test_text_in_no_language_is_refused():
    form = filled(name_en=" ", name_ar="")

    assert not form.is_valid()
    assert form.errors == {"name": ["Give the text in at least one language."]}


def test_texts_stand_in_the_inputs_of_their_languages():
    html = BodyForm(initial={"name": {"es": "Red"}})["name"].as_widget()

    assert 'name="name_es" value="Red" lang="es" dir="auto"' in html
    assert html.count("value=") == 1
    assert '<label for="id_name_1">Español</label>' in html


def test_field_is_tied_to_its_help_and_to_what_is_wrong():
    html = filled(begins="2003-13").as_div()

    assert 'aria-invalid="true" aria-describedby="id_begins_helptext id_begins_error"' in html
    assert '<p class="remark" id="id_begins_helptext">' in html
    assert '<ul class="field-error" id="id_begins_error"><li>“2003-13” is no date' in html
    assert '<div class="field has-error">' in html


def test_head_of_the_form_leads_to_each_wrong_field():
    html = filled(place="", version="").as_div()

    assert html.index("error-summary") < html.index('name="name_en"')
    assert '<li><a href="#id_place">Place</a>: This field is required.</li>' in html
    assert "<ul><li>This field is required.</li>" in html  # the hidden version: no link
    assert 'id="id_place"' in html


def test_form_with_nothing_wrong_has_no_summary():
    assert "error-summary" not in BodyForm().as_div()


def test_second_saving_after_a_conflict_is_on_what_stands_now():
    form = filled()

    form.accept_conflict(SimpleNamespace(current=SimpleNamespace(version=7)))

    assert 'name="version" value="7"' in str(form["version"])
    assert form.data["begins"] == "2003"


@pytest.mark.django_db
@pytest.mark.usefixtures("pattern_pages")
def test_refusal_shows_where_in_the_file_and_what_differs(client):
    response = client.post("/form/", {})
    html = response.content.decode()

    assert response.status_code == 422
    assert "This could not be done, for 2 reasons. Nothing was changed." in html
    assert '<td data-label="Row" class="number">7</td>' in html
    assert "<ins>Network on Returns</ins>" in html
    assert "3 May 2026, 12:30" in html


def test_refused_token_is_explained_in_the_language_of_the_reader(rf):
    request = rf.post("/")
    request.user = SimpleNamespace(is_authenticated=False)

    with translation.override("es"):
        html = csrf_failure(request, "no cookie").content.decode()

    assert "<h1>Este formulario ya no es válido</h1>" in html
