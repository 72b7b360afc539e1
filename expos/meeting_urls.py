"""Addresses of the meetings of an expo, below its year. Read next: views/meetings.py."""

from django.urls import URLPattern, path

from .views import meeting_host as host
from .views import meeting_requests as requests
from .views import meetings

_AT = "<int:year>/meetings/"
urlpatterns: list[URLPattern] = [
    path(_AT, meetings.meeting_overview, name="meeting_overview"),
    path(f"{_AT}profile/", meetings.meeting_profile_save, name="meeting_profile_save"),
    path(f"{_AT}absences/", meetings.meeting_absences_save, name="meeting_absences_save"),
    path(f"{_AT}mine/", meetings.meeting_schedule, name="meeting_schedule"),
    path(f"{_AT}wishes/", meetings.meeting_wish_list, name="meeting_wish_list"),
    path(f"{_AT}wishes/<int:pk>/remove/", meetings.meeting_wish_remove, name="meeting_wish_remove"),
    path(f"{_AT}people/<int:pk>/wish/", meetings.meeting_wish_save, name="meeting_wish_save"),
    path(f"{_AT}people/<int:pk>/request/", requests.meeting_request_make, name="meeting_request_make"),
    path(f"{_AT}requests/<int:pk>/accept/", requests.meeting_request_accept, name="meeting_request_accept"),
    path(f"{_AT}requests/<int:pk>/decline/", requests.meeting_request_decline, name="meeting_request_decline"),
    path(f"{_AT}requests/<int:pk>/withdraw/", requests.meeting_request_withdraw, name="meeting_request_withdraw"),
    path(f"{_AT}host/", host.meeting_host, name="meeting_host"),
    path(f"{_AT}host/slots/", host.meeting_plan_save, name="meeting_plan_save"),
    path(f"{_AT}host/tables/", host.meeting_tables_add, name="meeting_tables_add"),
    path(f"{_AT}host/tables/<int:pk>/remove/", host.meeting_table_remove, name="meeting_table_remove"),
    path(f"{_AT}host/sheet/", host.meeting_sheet, name="meeting_sheet"),
    path(f"{_AT}host/runs/new/", host.match_run_ask, name="match_run_ask"),
    path(f"{_AT}host/runs/<int:pk>/", host.match_run_detail, name="match_run_detail"),
    path(f"{_AT}host/runs/<int:pk>/cancel/", host.match_run_cancel, name="match_run_cancel"),
    path(f"{_AT}host/runs/<int:pk>/apply/", host.match_run_apply, name="match_run_apply"),
    path(f"{_AT}<int:pk>/", requests.meeting_detail, name="meeting_detail"),
    path(f"{_AT}<int:pk>/confirm/", requests.meeting_confirm, name="meeting_confirm"),
    path(f"{_AT}<int:pk>/unconfirm/", requests.meeting_unconfirm, name="meeting_unconfirm"),
    path(f"{_AT}<int:pk>/cancel/", requests.meeting_cancel, name="meeting_cancel"),
    path(f"{_AT}<int:pk>/held/", requests.meeting_mark, name="meeting_mark"),
    path(f"{_AT}<int:pk>/interest/", requests.meeting_interest, name="meeting_interest"),
]
