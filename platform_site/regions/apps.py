from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "platform_site.regions"
    label = "regions"
