from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "comity.correspondence"
