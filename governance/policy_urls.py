"""Addresses of the preferential policies, below /policies/. Read next: views/policies.py."""

from django.urls import URLPattern, path

from .views import entitlements, objections, parity, policies, support

app_name = "policies"
urlpatterns: list[URLPattern] = [
    path("", policies.policy_list, name="policy_list"),
    path("new/", policies.policy_create, name="policy_create"),
    path("<int:pk>/", policies.policy_detail, name="policy_detail"),
    path("<int:pk>/begin/", policies.version_begin, name="version_begin"),
    path("versions/<int:pk>/edit/", policies.version_save, name="version_save"),
    path("versions/<int:pk>/publish/", policies.policy_publish, name="policy_publish"),
    path("versions/<int:pk>/end/", policies.policy_end, name="policy_end"),
    path("entitlements/", entitlements.entitlement_list, name="entitlement_list"),
    path("entitlements/profile/", entitlements.entitlement_profile, name="entitlement_profile"),
    path("entitlements/listings/<str:number>/", entitlements.entitlement_listing, name="entitlement_listing"),
    path("entitlements/agreements/<int:pk>/", entitlements.entitlement_agreement, name="entitlement_agreement"),
    path("entitlements/exhibits/<int:pk>/", entitlements.entitlement_exhibit, name="entitlement_exhibit"),
    path("entitlements/visits/<int:pk>/", entitlements.entitlement_visit, name="entitlement_visit"),
    path("entitlements/stationings/<int:pk>/", entitlements.entitlement_stationing, name="entitlement_stationing"),
    path("parity/", parity.parity, name="parity"),
    path("notices/", support.support_notices, name="support_notices"),
    path("applications/", support.support_list, name="support_list"),
    path("applications/queue/", support.support_queue, name="support_queue"),
    path("applications/new/<int:pk>/", support.support_make, name="support_make"),
    path("applications/files/<int:pk>/", support.support_file, name="support_file"),
    path("applications/<int:pk>/", support.support_detail, name="support_detail"),
    path("applications/<int:pk>/correct/", support.support_correct, name="support_correct"),
    path("applications/<int:pk>/withdraw/", support.support_withdraw, name="support_withdraw"),
    path("applications/<int:pk>/accept/", support.support_accept, name="support_accept"),
    path("applications/<int:pk>/return/", support.support_return, name="support_return"),
    path("applications/<int:pk>/review/", support.support_review, name="support_review"),
    path("applications/<int:pk>/confirm/", support.support_confirm, name="support_confirm"),
    path("applications/<int:pk>/approve/", support.support_approve, name="support_approve"),
    path("applications/<int:pk>/decline/", support.support_decline, name="support_decline"),
    path("applications/<int:pk>/pay/", support.support_pay, name="support_pay"),
    path("applications/<int:pk>/recover/", support.support_recover, name="support_recover"),
    path("applications/<int:pk>/object/", objections.objection_make, name="objection_make"),
    path("objections/<int:pk>/", objections.objection_detail, name="objection_detail"),
    path("objections/<int:pk>/answer/", objections.objection_answer, name="objection_answer"),
    path("applications/<int:pk>/appeal/", support.support_appeal, name="support_appeal"),
    path("applications/<int:pk>/reopen/", support.support_reopen, name="support_reopen"),
    path("applications/<int:pk>/uphold/", support.support_uphold, name="support_uphold"),
]
