from django.urls import path

from comity.office import views

app_name = "office"
urlpatterns = [
    path("drawings/<slug:key>.csv", views.drawing_csv, name="drawing_csv"),
    path("drawings/<slug:key>.svg", views.drawing_svg, name="drawing_svg"),
    path("drawings/<slug:key>.png", views.drawing_png, name="drawing_png"),
]
