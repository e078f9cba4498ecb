from django.urls import include, path

from comity.documents.views import editing, packs, production, reading, symbols

app_name = "documents"
of_process = [
    path("", reading.papers, name="papers"),
    path("add/", editing.paper_add, name="paper_add"),
    path("plan/", production.plan, name="plan"),
    path("plan.<slug:form>", production.plan_file, name="plan_file"),
    path("plan/add/", production.owed_add, name="owed_add"),
    path("plan/<int:pk>/", production.owed, name="owed"),
    path("plan/<int:pk>/remove/", production.owed_remove, name="owed_remove"),
    path("symbols/", symbols.symbols, name="symbols"),
    path("symbols/add/", symbols.series_add, name="series_add"),
    path("symbols/<int:pk>/", symbols.series, name="series"),
    path("symbols/<int:pk>/remove/", symbols.series_remove, name="series_remove"),
    path("<int:pk>/", editing.paper, name="paper"),
    path("<int:pk>/publish/", editing.paper_publish, name="paper_publish"),
    path("<int:pk>/withdraw/", editing.paper_withdraw, name="paper_withdraw"),
    path("<int:pk>/supersede/", editing.paper_supersede, name="paper_supersede"),
    path("<int:pk>/history/", editing.paper_history, name="paper_history"),
    path("<int:pk>/parts/<slug:part>/add/", editing.part_add, name="part_add"),
    path("<int:pk>/files/add/", editing.version_add, name="version_add"),
    path("<int:pk>/files/<int:version>/remove/", editing.version_remove, name="version_remove"),
]
urlpatterns = [
    path("processes/<slug:slug>/documents/", include(of_process)),
    path("meetings/<slug:slug>/papers/", packs.meeting_papers, name="meeting_papers"),
    path("meetings/<slug:slug>/papers.zip", packs.meeting_pack, name="meeting_pack"),
    path("desk/papers/", packs.desk_papers, name="desk_papers"),
    path("desk/papers.zip", packs.desk_pack, name="desk_pack"),
    path("documents/symbol/<slug:slug>/<path:symbol>", reading.symbol, name="symbol"),
    path("documents/<slug:slug>/files/<slug:language>.<slug:form>", reading.file, name="file"),
]
