from django.urls import include, path

from comity.directory.views import networks, people, secretariats, workbooks

app_name = "directory"
of_process = [
    path("people/", people.directory, name="directory"),
    path("people.<slug:form>", people.directory_export, name="directory_export"),
    path("people/edit.xlsx", workbooks.people_fetch, name="people_fetch"),
    path("people/workbook/", workbooks.people_send, name="people_send"),
    path("people/workbook/<uuid:token>/", workbooks.people_confirm, name="people_confirm"),
    path("networks/", networks.networks, name="networks"),
    path("networks/add/", networks.network_add, name="network_add"),
    path("networks/<int:pk>/", networks.network, name="network"),
    path("networks/<int:pk>/edit/", networks.network_rename, name="network_rename"),
    path("networks/<int:pk>/remove/", networks.network_remove, name="network_remove"),
    path("networks/<int:pk>/contacts/add/", networks.contact_add, name="contact_add"),
    path(
        "networks/<int:pk>/contacts/<int:contact>/confirm/",
        networks.contact_confirm,
        name="contact_confirm",
    ),
    path(
        "networks/<int:pk>/contacts/<int:contact>/remove/",
        networks.contact_remove,
        name="contact_remove",
    ),
]
urlpatterns = [
    path("people/", people.people, name="people"),
    path("secretariats/", secretariats.secretariats, name="secretariats"),
    path("secretariats.<slug:form>", secretariats.secretariats_file, name="secretariats_file"),
    path("processes/<slug:slug>/", include(of_process)),
]
