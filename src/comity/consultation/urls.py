from django.urls import path

from comity.consultation.views import asking, drafting, proposals, records

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
