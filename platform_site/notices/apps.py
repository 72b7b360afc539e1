from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "platform_site.notices"
    label = "notices"
