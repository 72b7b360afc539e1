"""The programme: sessions, speakers, versions, exports. A part of urls.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
