"""Matchmaking: profiles, wishes, tables, meetings. A part of urls.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
