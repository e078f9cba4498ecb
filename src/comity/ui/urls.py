from django.urls import path

from comity.ui import views

app_name = "ui"
urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
    path("language/", views.choose_language, name="language"),
    path("cite/<path:page>", views.cite, name="cite"),
    path("cite.<slug:form>/<path:page>", views.cite_file, name="cite_file"),
]
