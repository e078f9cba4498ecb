from django.urls import include, path

from comity.parties.views import names, people, posts

app_name = "parties"
editing = [
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/history/", people.history, name="people_history"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/posts/add/", people.affiliation_add, name="affiliation_add"),
    path("people/<int:pk>/invite/", people.person_invite, name="person_invite"),
    path("people/<int:pk>/erase/", people.person_erase, name="person_erase"),
    path("affiliations/<int:pk>/", people.affiliation, name="affiliation"),
    path("ministries/add/", posts.ministry_add, name="ministry_add"),
    path("ministries/<int:pk>/", posts.ministry, name="ministry"),
    path("ministries/<int:pk>/remove/", posts.ministry_remove, name="ministry_remove"),
    path("posts/add/", posts.post_add, name="post_add"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/remove/", posts.post_remove, name="post_remove"),
    path("names/", names.names, name="names"),
    path("names/add/", names.rename, name="rename"),
    path("names/<int:pk>/", names.name, name="name"),
    path("details/", names.details, name="details"),
    path("offices/add/", names.office_add, name="office_add"),
]
urlpatterns = [path("parties/<slug:code>/", include(editing))]
