"""Addresses of the pages on which the tests of the frame look at it."""

from django.urls import include, path

from tests.ui import patterns

urlpatterns = [
    path("", include("comity.ui.urls")),
    path("", patterns.page, name="patterns"),
    path("form/", patterns.form, name="form"),
    path("fails/", patterns.fails, name="fails"),
    path("forbidden/", patterns.forbids, name="forbidden"),
    path("accounts/", include("comity.accounts.urls")),
    path("accounts/logout/", patterns.page, name="account_logout"),
    path("accounts/login/", patterns.form, name="account_login"),
]
handler400 = "comity.ui.errors.bad_request"
handler403 = "comity.ui.errors.forbidden"
handler404 = "comity.ui.errors.not_found"
handler500 = "comity.ui.errors.failed"
