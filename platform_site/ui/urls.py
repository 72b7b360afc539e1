"""Addresses of the face itself, below the language prefix."""

from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("ui/", views.specimen, name="specimen"),
    path("preferences/", views.preferences, name="preferences"),
]
