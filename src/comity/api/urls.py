from django.urls import path

from comity.api.service import api

urlpatterns = [path("api/v1/", api.urls)]
