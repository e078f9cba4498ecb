from django.urls import include, path

urlpatterns = [
    path("", include("comity.ui.urls")),
    path("jobs/", include("comity.jobs.urls")),
    path("outbox/", include("comity.outbox.urls")),
    path("", include("comity.search.urls")),
    path("", include("comity.sources.urls")),
]
