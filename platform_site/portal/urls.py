"""Addresses of the portal below the language prefix. Read next: views/home.py."""

from django.urls import path

from .views import administration, desk, home, inbox, search, thread

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("thread/<str:number>/", thread.thread, name="thread"),
    path("statistics/", home.statistics, name="statistics"),
    path("desk/", desk.desk, name="desk"),
    path("desk/inbox/", inbox.inbox, name="inbox"),
    path("desk/inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("desk/notices/", inbox.notice_preferences, name="notice_preferences"),
    path("desk/audit/", administration.audit_list, name="audit_list"),
    path("desk/mail/", administration.mail_list, name="mail_list"),
    path("help/", home.help_index, name="help_index"),
    path("help/<slug:slug>/", home.help_page, name="help_page"),
]
