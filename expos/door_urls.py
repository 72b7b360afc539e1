"""The doors: registration, badges, check-in; the ceremony and the results. A part of urls.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
