"""Addresses of the Leading Group and its plans. Read next: views/."""

from django.urls import path

from .views import handovers, overview, rotation, seats

app_name = "governance"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("agreement/", overview.agreement, name="agreement"),
    path("seats/", seats.seat_list, name="seat_list"),
    path("seats/<str:code>/", seats.seat_detail, name="seat_detail"),
    path("seats/<str:code>/appoint/", seats.seat_appoint, name="seat_appoint"),
    path("seats/<str:code>/vacate/", seats.seat_vacate, name="seat_vacate"),
    path("seats/<str:code>/deputy/name/", seats.deputy_name, name="deputy_name"),
    path("seats/<str:code>/liaison/name/", seats.liaison_name, name="liaison_name"),
    path("deputies/<int:pk>/revoke/", seats.deputy_revoke, name="deputy_revoke"),
    path("liaisons/<int:pk>/end/", seats.liaison_end, name="liaison_end"),
    path("rotation/", rotation.rotation, name="rotation"),
    path("rotation/begin/", rotation.term_begin, name="term_begin"),
    path("handovers/<int:year>/", handovers.handover_detail, name="handover_detail"),
    path("handovers/<int:year>/open/", handovers.handover_open, name="handover_open"),
    path("handovers/<int:year>/sign/", handovers.handover_sign, name="handover_sign"),
]
