from django.urls import path

from comity.sources import views

app_name = "sources"
urlpatterns = [
    path("sources/", views.index, name="index"),
    path("sources/differences/", views.differences, name="differences"),
    path("sources/<slug:slug>/", views.detail, name="detail"),
]
