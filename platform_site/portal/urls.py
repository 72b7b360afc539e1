"""Addresses of the portal below the language prefix. Read next: views/home.py."""

from django.urls import path

from .views import home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
]
