"""Addresses of accounts that allauth does not have. Read next: views/profile.py."""

from django.urls import path

app_name = "accounts"
urlpatterns: list[object] = []
