from django.urls import URLPattern, URLResolver, include, path

from comity.elements.views import adoption, elements, positions, threads

app_name = "elements"
of_document: list[URLPattern | URLResolver] = [
    path("adoption/", adoption.adoption, name="adoption"),
    path("adoption/<slug:name>/", adoption.act, name="act"),
    path("elements/cut/", elements.cut, name="cut"),
    path("positions/add/", positions.take, name="position_take"),
    path("positions/record/", positions.record, name="position_record"),
    path("positions/<int:pk>/translate/", positions.translate, name="position_translate"),
    path("positions/<int:pk>/withdraw/", positions.withdraw, name="position_withdraw"),
    path("positions/<int:pk>/confirm/", positions.confirm, name="position_confirm"),
]
of_process: list[URLPattern | URLResolver] = [
    path("adoption/", adoption.rule_edit, name="rule"),
    path("elements/", elements.of_process, name="process"),
    path("elements.atom", elements.feed, name="feed"),
    path("elements.<slug:form>", elements.process_file, name="process_file"),
    path("thread/", threads.thread, name="thread"),
    path("principles/", threads.principles, name="principles"),
    path("principles/add/", threads.principle_add, name="principle_add"),
    path("principles/<int:pk>/", threads.principle, name="principle"),
    path("principles/<int:pk>/remove/", threads.principle_remove, name="principle_remove"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("documents/<slug:slug>/", include(of_document)),
    path("processes/<slug:slug>/", include(of_process)),
    path("elements/<slug:slug>/", elements.of_text, name="text"),
    path("elements/<slug:slug>.<slug:form>", elements.text_file, name="text_file"),
    path("elements/<slug:slug>/<str:number>/", elements.element, name="element"),
    path("elements/<slug:slug>/<str:number>/edit/", elements.element_edit, name="element_edit"),
    path(
        "elements/<slug:slug>/<str:number>/status/", elements.element_status, name="element_status"
    ),
]
