from django.urls import path

from comity.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
    path("sessions/end/", views.sessions_end, name="sessions_end"),
    path("email/", views.email, name="email"),  # before allauth's, which would let it be changed
]
