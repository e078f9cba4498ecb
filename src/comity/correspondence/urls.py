from django.urls import path

from comity.correspondence.views import circulars, paper, register

app_name = "correspondence"
notes = "processes/<slug:slug>/correspondence/"
papers = f"{notes}circulars/"
urlpatterns = [
    path(notes, register.register, name="register"),
    path(f"{notes}register.<slug:form>", register.register_file, name="register_file"),
    path(f"{notes}numbers/", register.numbers, name="numbers"),
    path(f"{notes}add/<slug:direction>/", register.note_add, name="note_add"),
    path(f"{notes}<int:pk>/", register.note, name="note"),
    path(f"{notes}<int:pk>/change/", register.note_change, name="note_change"),
    path(f"{notes}<int:pk>/scan/", register.note_scan, name="note_scan"),
    path(papers, circulars.circulars, name="circulars"),
    path(f"{papers}templates/", paper.templates, name="templates"),
    path(f"{papers}templates/<slug:language>.docx", paper.template_file, name="template_file"),
    path(f"{papers}add/", circulars.circular_add, name="circular_add"),
    path(f"{papers}<int:pk>/", circulars.circular, name="circular"),
    path(f"{papers}<int:pk>/change/", circulars.circular_change, name="circular_change"),
    path(f"{papers}<int:pk>/send/", circulars.circular_send, name="circular_send"),
    path(f"{papers}<int:pk>/discard/", circulars.circular_discard, name="circular_discard"),
    path(f"{papers}<int:pk>/enclose/", circulars.circular_enclose, name="circular_enclose"),
    path(
        f"{papers}<int:pk>/enclosed/<int:enclosure>/take-out/",
        circulars.circular_take_out,
        name="circular_take_out",
    ),
    path(
        f"{papers}<int:pk>/<slug:language>.<slug:form>",
        circulars.circular_file,
        name="circular_file",
    ),
    path(f"{notes}enclosed/<int:pk>/", circulars.enclosure_file, name="enclosure_file"),
]
