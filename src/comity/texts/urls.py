from django.urls import URLPattern, URLResolver, include, path

from comity.texts.views import editing, reading, revising

app_name = "texts"
of_passage: list[URLPattern | URLResolver] = [
    path("", editing.passage, name="passage"),
    path("kind/", editing.passage_facts, name="passage_facts"),
    path("move/", editing.passage_move, name="passage_move"),
    path("remove/", editing.passage_remove, name="passage_remove"),
    path("split/", editing.passage_split, name="passage_split"),
    path("join/", editing.passage_join, name="passage_join"),
    path("<slug:language>/confirm/", editing.wording_confirm, name="wording_confirm"),
]
of_revision: list[URLPattern | URLResolver] = [
    path("", reading.revision, name="revision"),
    path("changes/", reading.changes, name="changes"),
    path("label/", revising.revision_label, name="revision_label"),
    path("word/", revising.revision_word, name="revision_word"),
    path("circulate/", revising.revision_circulate, name="revision_circulate"),
    path("finish/", revising.revision_finish, name="revision_finish"),
    path("renumber/", revising.revision_renumber, name="revision_renumber"),
    path("add/", editing.passage_add, name="passage_add"),
    path("p<int:paragraph>/", include(of_passage)),
]
of_text: list[URLPattern | URLResolver] = [
    path("", reading.text, name="text"),
    path("start/", revising.start, name="start"),
    path("add/", revising.revision_add, name="revision_add"),
    path("<int:number>.pdf", reading.revision_pdf, name="revision_pdf"),
    path("<int:number>.<slug:form>", reading.revision_file, name="revision_file"),
    path("<int:number>/", include(of_revision)),
]
urlpatterns = [path("documents/<slug:slug>/text/", include(of_text))]
