"""The doors: registration, badges, check-in; the ceremony and the results. A part of urls.py."""

from django.urls import URLPattern, path

from .views import ceremony, doors, leads, registrations, results

urlpatterns: list[URLPattern] = [
    path("<int:year>/register/", registrations.registration_make, name="registration_make"),
    path("<int:year>/register/group/", registrations.registration_group, name="registration_group"),
    path("<int:year>/registrations/", registrations.registration_list, name="registration_list"),
    path("<int:year>/registrations/mine/", registrations.registration_mine, name="registration_mine"),
    path("<int:year>/registrations/worker/", registrations.pass_worker, name="pass_worker"),
    path("<int:year>/registrations/<str:code>/", registrations.registration_detail, name="registration_detail"),
    path("<int:year>/registrations/<str:code>/pass/", registrations.registration_pass, name="registration_pass"),
    path("<int:year>/registrations/<str:code>/cancel/", registrations.registration_cancel, name="registration_cancel"),
    path(
        "<int:year>/registrations/<str:code>/confirm/", registrations.registration_confirm, name="registration_confirm"
    ),
    path("<int:year>/registrations/<str:code>/permit/", registrations.registration_permit, name="registration_permit"),
    path("<int:year>/doors/", doors.door_list, name="door_list"),
    path("<int:year>/doors/keepers/", doors.doorkeeper_name, name="doorkeeper_name"),
    path("<int:year>/doors/keepers/<int:pk>/end/", doors.doorkeeper_end, name="doorkeeper_end"),
    path("<int:year>/doors/passages/<int:pk>/undo/", doors.passage_undo, name="passage_undo"),
    path("<int:year>/doors/sync/<int:pk>/", doors.batch_detail, name="batch_detail"),
    path("<int:year>/doors/<str:place>/", doors.door_detail, name="door_detail"),
    path("<int:year>/doors/<str:place>/scan/", doors.passage_make, name="passage_make"),
    path("<int:year>/doors/<str:place>/sync/", doors.passages_sync, name="passages_sync"),
    path("<int:year>/leads/", leads.lead_list, name="lead_list"),
    path("<int:year>/leads/scan/", leads.lead_take, name="lead_take"),
    path("<int:year>/leads/<int:pk>/", leads.lead_detail, name="lead_detail"),
    path("<int:year>/leads/<int:pk>/agree/", leads.lead_agree, name="lead_agree"),
    path("<int:year>/leads/<int:pk>/decline/", leads.lead_decline, name="lead_decline"),
    path("<int:year>/results/", results.result_list, name="result_list"),
    path("<int:year>/results/new/", results.result_record, name="result_record"),
    path("<int:year>/results/keeping/", results.result_keeping, name="result_keeping"),
    path("<int:year>/results/ceremony/", ceremony.ceremony_list, name="ceremony_list"),
    path("<int:year>/results/ceremony/<int:pk>/order/", ceremony.ceremony_order, name="ceremony_order"),
    path("<int:year>/results/ceremony/<int:pk>/move/", ceremony.ceremony_move, name="ceremony_move"),
    path("<int:year>/results/<int:pk>/", results.result_detail, name="result_detail"),
    path("<int:year>/results/<int:pk>/confirm/", results.result_confirm, name="result_confirm"),
    path("<int:year>/results/<int:pk>/dispute/", results.result_dispute, name="result_dispute"),
    path("<int:year>/results/<int:pk>/climb/", results.result_climb, name="result_climb"),
    path("<int:year>/results/<int:pk>/answer/", results.result_answer, name="result_answer"),
    path("<int:year>/results/<int:pk>/ceremony/", ceremony.ceremony_join, name="ceremony_join"),
    path("<int:year>/report/", results.edition_report, name="edition_report"),
]
