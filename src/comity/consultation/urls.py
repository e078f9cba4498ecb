from django.urls import path

from comity.consultation.views import asking, drafting, proposals, records, word

app_name = "consultation"
urlpatterns = [
    path("processes/<slug:slug>/consultations/", proposals.consultations, name="consultations"),
    path("processes/<slug:slug>/consultations/rules/", asking.rules, name="rules"),
    path("consultations/new/<int:revision>/", asking.prepare, name="prepare"),
    path("consultations/<int:pk>/", proposals.consultation, name="consultation"),
    path(
        "consultations/<int:pk>/paragraphs/<int:paragraph>/",
        proposals.paragraph,
        name="paragraph",
    ),
    path(
        "calls/<int:pk>/answer/<slug:code>/word/<slug:language>/",
        word.answer_word,
        name="answer_word",
    ),
    path("calls/<int:pk>/answer/<slug:code>/word/", word.answer_sent, name="answer_sent"),
    path("drafting/<slug:slug>/along/", word.take_along, name="take_along"),
    path("drafting/<slug:slug>/along/<int:pk>/", word.along, name="along"),
    path("drafting/<slug:slug>/along/<int:pk>/file/", word.along_word, name="along_word"),
    path("drafting/<slug:slug>/", drafting.room, name="room"),
    path("drafting/<slug:slug>/pen/", drafting.pen, name="pen"),
    path("drafting/<slug:slug>/wall/", drafting.projected, name="projected"),
    path(
        "drafting/<slug:slug>/passages/<int:passage>/<slug:language>/",
        drafting.write,
        name="write",
    ),
    path("drafting/<slug:slug>/record/", records.record, name="record"),
]
