from django.urls import include, path

from comity.processes.views import bodies, catalogue, history, participants, terms

app_name = "processes"
editing = [
    path("participants/edit/", participants.participants, name="participants"),
    path("participants/add/", participants.participant_add, name="participant_add"),
    path("participants/<int:pk>/", participants.participant, name="participant"),
    path("bodies/edit/", bodies.bodies, name="bodies"),
    path("bodies/add/", bodies.body_add, name="body_add"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/seats/add/", bodies.seat_add, name="seat_add"),
    path("bodies/<int:pk>/seats/<int:seat_pk>/", bodies.seat, name="seat"),
    path("terms/edit/", terms.terms, name="terms"),
    path("terms/add/", terms.term_add, name="term_add"),
    path("terms/hand-over/", terms.term_hand_over, name="hand_over"),
    path("terms/<int:pk>/", terms.term, name="term"),
    path("names/edit/", catalogue.names, name="names"),
    path("names/add/", catalogue.alias_add, name="alias_add"),
    path("names/<int:pk>/", catalogue.alias, name="alias"),
    path("names/<int:pk>/remove/", catalogue.alias_remove, name="alias_remove"),
    path("areas/edit/", catalogue.areas, name="areas"),
    path("areas/add/", catalogue.area_add, name="area_add"),
    path("areas/<int:pk>/", catalogue.area, name="area"),
    path("areas/<int:pk>/remove/", catalogue.area_remove, name="area_remove"),
    path("history/", history.history, name="history"),
]
urlpatterns = [path("processes/<slug:slug>/", include(editing))]
