from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "platform_site.audit"
    label = "audit"
