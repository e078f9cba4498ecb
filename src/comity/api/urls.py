from django.contrib.sitemaps.views import sitemap
from django.urls import path

from comity.api import views
from comity.api.crossing import open_to_all
from comity.api.service import api
from comity.api.sitemaps import SITEMAPS, sitemap_index

patterns, _app, namespace = api.urls

urlpatterns = [
    path("open-data/", views.open_data, name="open_data"),
    path("open-data/<slug:release>.zip", views.open_data_file, name="open_data_file"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("api/v1/", views.guide, name="api_guide"),
    path("api/v1/", (open_to_all(patterns), "ninja", namespace)),
    path("api/v1/<path:question>/", views.without_slash),
]
