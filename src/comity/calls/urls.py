from django.urls import path

from comity.calls.views import answering, asked

app_name = "calls"
urlpatterns = [
    path("asked/", asked.asked, name="asked"),
    path("calls/<int:pk>/answer/<slug:code>/", answering.answer, name="answer"),
    path("calls/<int:pk>/answer/<slug:code>/clear/", answering.answer_clear, name="answer_clear"),
    path(
        "calls/<int:pk>/answer/<slug:code>/withdraw/",
        answering.answer_withdraw,
        name="answer_withdraw",
    ),
    path(
        "calls/<int:pk>/answer/<slug:code>/sent/<int:sent>/confirm/",
        answering.answer_confirm,
        name="answer_confirm",
    ),
    path(
        "calls/<int:pk>/answer/<slug:code>/sent/<int:sent>/file/",
        answering.answer_scan,
        name="answer_scan",
    ),
]
