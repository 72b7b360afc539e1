"""Addresses of patents. Read next: views/."""

app_name = "patents"
urlpatterns: list[object] = []
