"""Addresses of the expos, below /expos/. Read next: views/editions.py."""

from django.urls import URLPattern, path

from . import door_urls, floor_urls, meeting_urls, programme_urls
from .views import editions, places

app_name = "expos"
urlpatterns: list[URLPattern] = [
    path("", editions.expo_list, name="expo_list"),
    path("new/", editions.expo_create, name="expo_create"),
    path("<int:year>/", editions.expo_detail, name="expo_detail"),
    path("<int:year>/edit/", editions.expo_save, name="expo_save"),
    path("<int:year>/advance/", editions.expo_advance, name="expo_advance"),
    path("<int:year>/venue/", editions.venue_create, name="venue_create"),
    path("<int:year>/delegations/<str:code>/", editions.delegation_save, name="delegation_save"),
    path("<int:year>/halls/new/", places.hall_create, name="hall_create"),
    path("<int:year>/halls/<int:pk>/", places.hall_save, name="hall_save"),
    path("<int:year>/halls/<int:pk>/remove/", places.hall_remove, name="hall_remove"),
    path("<int:year>/rooms/new/", places.room_create, name="room_create"),
    path("<int:year>/rooms/<int:pk>/", places.room_save, name="room_save"),
    path("<int:year>/rooms/<int:pk>/remove/", places.room_remove, name="room_remove"),
    *floor_urls.urlpatterns,
    *programme_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *door_urls.urlpatterns,
]
