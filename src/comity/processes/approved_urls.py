"""The addresses of the names, the order and the map that a process approves."""

from django.urls import URLPattern, path

from comity.processes.views import approved, approved_maps, approved_names

addresses: list[URLPattern] = [
    path("", approved.approved, name="approved"),
    path("names/start/", approved.approved_list_start, name="approved_list_start"),
    path("names/<int:pk>/", approved.approved_list, name="approved_list"),
    path("names/<int:pk>/approve/", approved.approved_list_approve, name="approved_list_approve"),
    path("names/<int:pk>/end/", approved.approved_list_end, name="approved_list_end"),
    path("names/<int:pk>/discard/", approved.approved_list_discard, name="approved_list_discard"),
    path("names/<int:pk>/number/", approved.approved_list_number, name="approved_list_number"),
    path("names/<int:pk>/names.xlsx", approved.approved_names_fetch, name="approved_names_fetch"),
    path("names/<int:pk>/workbook/", approved.approved_names_send, name="approved_names_send"),
    path(
        "names/<int:pk>/workbook/<uuid:token>/",
        approved.approved_names_confirm,
        name="approved_names_confirm",
    ),
    path("names/<int:pk>/add/", approved_names.approved_name_add, name="approved_name_add"),
    path("names/<int:pk>/<int:name_pk>/", approved_names.approved_name, name="approved_name"),
    path(
        "names/<int:pk>/<int:name_pk>/remove/",
        approved_names.approved_name_remove,
        name="approved_name_remove",
    ),
    path("names/<int:pk>/footnotes/add/", approved_names.footnote_add, name="footnote_add"),
    path("names/<int:pk>/footnotes/<int:footnote_pk>/", approved_names.footnote, name="footnote"),
    path(
        "names/<int:pk>/footnotes/<int:footnote_pk>/remove/",
        approved_names.footnote_remove,
        name="footnote_remove",
    ),
    path("maps/add/", approved_maps.approved_map_add, name="approved_map_add"),
    path("maps/<int:pk>/", approved_maps.approved_map, name="approved_map"),
    path("maps/<int:pk>/approve/", approved_maps.approved_map_approve, name="approved_map_approve"),
    path("maps/<int:pk>/end/", approved_maps.approved_map_end, name="approved_map_end"),
    path("maps/<int:pk>/discard/", approved_maps.approved_map_discard, name="approved_map_discard"),
]
