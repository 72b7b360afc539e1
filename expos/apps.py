from django.apps import AppConfig


class ExposConfig(AppConfig):
    name = "expos"
