"""Addresses of accounts that allauth does not have. Read next: views/profile.py."""

from django.urls import path

from .views import profile, sessions, verification, verifications

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile_edit, name="profile_edit"),
    path("organisation/", profile.organisation_edit, name="organisation_edit"),
    path("organisation/leave/", profile.organisation_leave, name="organisation_leave"),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/end/", sessions.session_end, name="session_end"),
    path("sessions/end-others/", sessions.sessions_end_others, name="sessions_end_others"),
    path("sessions/stay/", sessions.session_stay, name="session_stay"),
    path("verification/", verification.verification_submit, name="verification_submit"),
    path("verification/withdraw/", verification.verification_withdraw, name="verification_withdraw"),
    path("verifications/", verifications.verification_queue, name="verification_queue"),
    path("verifications/<int:pk>/", verifications.verification_detail, name="verification_detail"),
    path("verifications/<int:pk>/approve/", verifications.verification_approve, name="verification_approve"),
    path("verifications/<int:pk>/refuse/", verifications.verification_refuse, name="verification_refuse"),
    path("verifications/<int:pk>/revoke/", verifications.verification_revoke, name="verification_revoke"),
    path("verifications/<int:pk>/proof/", verification.verification_proof, name="verification_proof"),
]
