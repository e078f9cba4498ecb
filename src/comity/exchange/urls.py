from django.urls import include, path

from comity.exchange import views

app_name = "exchange"
of_subscriptions = [
    path("", views.subscription_list, name="subscriptions"),
    path("add/", views.add, name="add"),
    path("history/", views.history, name="history"),
    path("<slug:slug>/edit/", views.change, name="change"),
    path("<slug:slug>/pause/", views.stop, name="pause"),
    path("<slug:slug>/resume/", views.go_on, name="resume"),
    path("<slug:slug>/fetch/", views.ask, name="fetch"),
    path("<slug:slug>/remove/", views.remove, name="remove"),
]
urlpatterns = [
    path("", views.processes, name="processes"),
    path("subscriptions/", include(of_subscriptions)),
    path("<slug:slug>/<slug:process>/", views.process, name="process"),
]
