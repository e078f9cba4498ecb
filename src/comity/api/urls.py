from django.urls import path

from comity.api import views
from comity.api.service import api

urlpatterns = [
    path("api/v1/", views.guide, name="api_guide"),
    path("api/v1/", api.urls),
]
