"""Addresses of trading. Read next: views/."""

app_name = "trading"
urlpatterns: list[object] = []
