"""Addresses of shared resources, below /resources/. Read next: views/facilities.py."""

from django.urls import URLPattern, path

from .views import balance, facilities, facility_sheets, making, stationings, visit_answers, visits

app_name = "resources"
urlpatterns: list[URLPattern] = [
    path("", facilities.facility_list, name="facility_list"),
    path("new/", facilities.facility_create, name="facility_create"),
    path("import/", facility_sheets.facility_import, name="facility_import"),
    path("sheets/<int:pk>/", facility_sheets.facility_sheet, name="facility_sheet"),
    path("sheets/<int:pk>/write/", facility_sheets.facility_sheet_write, name="facility_sheet_write"),
    path("balance/", balance.balance, name="balance"),
    path("keeping/", visits.keeping, name="keeping"),
    path("bundle/", visits.visit_bundle, name="visit_bundle"),
    path("visits/", visits.visit_mine, name="visit_mine"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/confirm/", visit_answers.visit_confirm, name="visit_confirm"),
    path("visits/<int:pk>/decline/", visit_answers.visit_decline, name="visit_decline"),
    path("visits/<int:pk>/counter/", visit_answers.visit_counter, name="visit_counter"),
    path("visits/<int:pk>/agree/", visit_answers.visit_agree, name="visit_agree"),
    path("visits/<int:pk>/cancel/", visit_answers.visit_cancel, name="visit_cancel"),
    path("visits/<int:pk>/mark/", visit_answers.visit_mark, name="visit_mark"),
    path("stationings/", stationings.stationing_mine, name="stationing_mine"),
    path("stationings/<int:pk>/", stationings.stationing_detail, name="stationing_detail"),
    path("stationings/<int:pk>/accept/", stationings.stationing_accept, name="stationing_accept"),
    path("stationings/<int:pk>/queue/", stationings.stationing_queue, name="stationing_queue"),
    path("stationings/<int:pk>/decline/", stationings.stationing_decline, name="stationing_decline"),
    path("stationings/<int:pk>/withdraw/", stationings.stationing_withdraw, name="stationing_withdraw"),
    path("stationings/<int:pk>/sign/", stationings.stationing_sign, name="stationing_sign"),
    path("stationings/<int:pk>/report/", stationings.stationing_report, name="stationing_report"),
    path("stationings/<int:pk>/graduate/", stationings.stationing_graduate, name="stationing_graduate"),
    path("stationings/<int:pk>/exit/", stationings.stationing_exit, name="stationing_exit"),
    path("stationings/milestones/<int:pk>/reach/", stationings.milestone_reach, name="milestone_reach"),
    path("making/listings/<str:number>/", making.making_listing, name="making_listing"),
    path("making/needs/<str:number>/", making.making_need, name="making_need"),
    path("pictures/<int:pk>/", facilities.picture_detail, name="picture_detail"),
    path("pictures/<int:pk>/remove/", facilities.picture_remove, name="picture_remove"),
    path("managers/<int:pk>/end/", facilities.manager_end, name="manager_end"),
    path("<slug:slug>/", facilities.facility_detail, name="facility_detail"),
    path("<slug:slug>/edit/", facilities.facility_save, name="facility_save"),
    path("<slug:slug>/close/", facilities.facility_close, name="facility_close"),
    path("<slug:slug>/reopen/", facilities.facility_reopen, name="facility_reopen"),
    path("<slug:slug>/pictures/add/", facilities.picture_add, name="picture_add"),
    path("<slug:slug>/managers/name/", facilities.manager_name, name="manager_name"),
    path("<slug:slug>/book/", visits.visit_book, name="visit_book"),
    path("<slug:slug>/apply/", stationings.stationing_apply, name="stationing_apply"),
]
