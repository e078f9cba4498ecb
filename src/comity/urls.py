from django.urls import include, path

urlpatterns = [
    path("", include("comity.ui.urls")),
    path("accounts/", include("comity.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("jobs/", include("comity.jobs.urls")),
    path("outbox/", include("comity.outbox.urls")),
    path("", include("comity.office.urls")),
    path("", include("comity.search.urls")),
    path("", include("comity.sources.urls")),
    path("exchange/", include("comity.exchange.urls")),
    path("", include("comity.directory.urls")),
    path("", include("comity.calls.urls")),
    path("", include("comity.correspondence.urls")),
    path("", include("comity.documents.urls")),
    path("", include("comity.texts.urls")),
    path("", include("comity.consultation.urls")),
    path("", include("comity.elements.urls")),
    path("", include("comity.parties.urls")),
    path("", include("comity.processes.urls")),
    path("", include("comity.pages.urls")),
    path("", include("comity.api.urls")),
]

handler400 = "comity.ui.errors.bad_request"
handler403 = "comity.ui.errors.forbidden"
handler404 = "comity.ui.errors.not_found"
handler500 = "comity.ui.errors.failed"
