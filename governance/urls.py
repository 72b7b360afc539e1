"""Addresses of the Leading Group and its plans. Read next: views/."""

from django.urls import URLPattern, path

from .views import indicators, plan_papers, plans, progress, reports

app_name = "governance"
urlpatterns: list[URLPattern] = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/<int:year>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:year>/targets/", progress.targets_save, name="targets_save"),
    path("plans/<int:year>/remind/", progress.reminder_send, name="reminder_send"),
    path("plans/<int:year>/subscribe/", progress.progress_subscribe, name="progress_subscribe"),
    path("plans/<int:year>/unsubscribe/", progress.progress_unsubscribe, name="progress_unsubscribe"),
    path("plans/<int:year>/report/", plan_papers.plan_report, name="plan_report"),
    path("plans/<int:year>/closing/", plan_papers.plan_closing, name="plan_closing"),
    path("plans/<int:year>/close/", progress.plan_close, name="plan_close"),
    path("reminders/<int:pk>/", progress.reminder_detail, name="reminder_detail"),
    path("tasks/<int:pk>/", reports.task_detail, name="task_detail"),
    path("tasks/<int:pk>/report/<str:code>/", reports.report_make, name="report_make"),
    path("reports/<int:pk>/accept/", reports.report_accept, name="report_accept"),
    path("reports/<int:pk>/return/", reports.report_return, name="report_return"),
    path("reports/<int:pk>/withdraw/", reports.report_withdraw, name="report_withdraw"),
    path("reports/files/<int:pk>/", reports.report_file, name="report_file"),
    path("indicators/", indicators.indicator_list, name="indicator_list"),
    path("indicators/<slug:indicator>/", indicators.indicator_detail, name="indicator_detail"),
]
