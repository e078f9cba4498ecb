from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "comity.sources"
