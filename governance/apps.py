from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        """Whoever asks whose turn a year is hears the group's calendar, resolutions included."""
        from platform_site.regions import hosts  # noqa: PLC0415 - there are no models before

        from .queries import calendar  # noqa: PLC0415

        hosts.told_by(lambda: calendar().province_of)
