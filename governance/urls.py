"""Addresses of the Leading Group and its plans. Read next: views/."""

from django.urls import URLPattern

app_name = "governance"
urlpatterns: list[URLPattern] = []
