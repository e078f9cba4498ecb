from django.urls import include, path

urlpatterns = [
    path("", include("comity.search.urls")),
]
