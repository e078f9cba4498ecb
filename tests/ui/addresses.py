"""Addresses of the pages on which the tests of the frame look at it."""

from django.urls import include, path

urlpatterns = [path("", include("comity.ui.urls"))]
