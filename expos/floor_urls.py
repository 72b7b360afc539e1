"""The floor: halls with booths, applications, exhibits, the complaint desk. A part of urls.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
