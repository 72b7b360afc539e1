"""The face of the portal: base template, form renderer, components. Read next: templatetags/ui.py."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "platform_site.ui"
    label = "ui"
