"""Addresses of the Leading Group and its plans. Read next: views/."""

from django.urls import URLPattern, path

from .views import ballots, items, meetings, minutes, resolutions

app_name = "governance"
urlpatterns: list[URLPattern] = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/create/", meetings.meeting_create, name="meeting_create"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/change/", meetings.meeting_change, name="meeting_change"),
    path("meetings/<int:pk>/call/", meetings.meeting_call, name="meeting_call"),
    path("meetings/<int:pk>/open/", meetings.meeting_open, name="meeting_open"),
    path("meetings/<int:pk>/close/", meetings.meeting_close, name="meeting_close"),
    path("meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/enter/", meetings.presence_enter, name="presence_enter"),
    path("meetings/<int:pk>/leave/", meetings.presence_leave, name="presence_leave"),
    path("meetings/<int:pk>/propose/", items.item_propose, name="item_propose"),
    path("meetings/<int:pk>/minutes/", minutes.minutes_detail, name="minutes_detail"),
    path("meetings/<int:pk>/minutes/paper/", minutes.minutes_paper, name="minutes_paper"),
    path("meetings/<int:pk>/minutes/assemble/", minutes.minutes_assemble, name="minutes_assemble"),
    path("meetings/<int:pk>/minutes/sign/", minutes.minutes_sign, name="minutes_sign"),
    path("meetings/<int:pk>/minutes/annex/", minutes.annex_add, name="annex_add"),
    path("items/<int:pk>/list/", items.item_list, name="item_list"),
    path("items/<int:pk>/decline/", items.item_decline, name="item_decline"),
    path("items/<int:pk>/papers/add/", items.paper_add, name="paper_add"),
    path("items/<int:pk>/ballot/", ballots.ballot_open, name="ballot_open"),
    path("papers/<int:pk>/", items.paper_detail, name="paper_detail"),
    path("ballots/<int:pk>/", ballots.ballot_detail, name="ballot_detail"),
    path("ballots/<int:pk>/vote/", ballots.vote_cast, name="vote_cast"),
    path("ballots/<int:pk>/close/", ballots.ballot_close, name="ballot_close"),
    path("resolutions/", resolutions.resolution_list, name="resolution_list"),
    path("resolutions/<int:pk>/", resolutions.resolution_detail, name="resolution_detail"),
    path("resolutions/<int:pk>/close/", resolutions.resolution_close, name="resolution_close"),
]
