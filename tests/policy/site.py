"""The portal's own pages, accounts, signing in. Read next: patents.py."""

from .cases import MEMBERS, OFFICE, OFFICERS, PUBLIC, READ_ONLY, READ_ONLY_PUBLIC, REASON, WRITE_ONLY, Case, case

ADMINISTRATOR = "login 403 403 403 403 403 ok"

ROWS: dict[str, list[Case]] = {
    "healthz": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "readyz": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "metrics": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "robots": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "sitemap": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "sitemap_section": [case(PUBLIC, READ_ONLY_PUBLIC)],
    # --- portal
    "portal:home": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:search": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:thread": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"number": "market"}),
        case("404 404 ok 404 404 404 404", READ_ONLY_PUBLIC, {"number": "draft"}),
    ],
    "portal:statistics": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:help_index": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:help_page": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:desk": [case(MEMBERS, READ_ONLY)],
    "portal:inbox": [case(MEMBERS, READ_ONLY)],
    "portal:inbox_read": [case(WRITE_ONLY, MEMBERS, data={"all": "1"})],
    "portal:notice_preferences": [case(MEMBERS, MEMBERS, data={"by_mail": []})],
    "portal:audit_list": [case(ADMINISTRATOR, READ_ONLY)],
    "portal:mail_list": [case("login 404 404 404 404 404 ok", READ_ONLY)],
    # --- the face
    "ui:specimen": [case("login 404 404 404 404 404 ok", READ_ONLY)],
    "ui:preferences": [case(PUBLIC, PUBLIC, data={"theme": "dark", "size": "large"})],
    # --- accounts
    "accounts:profile_edit": [
        case(MEMBERS, MEMBERS, data={"display_name": "某人", "phone": "", "language": "en", "province_code": "410000"})
    ],
    "accounts:organisation_edit": [
        case(
            MEMBERS,
            MEMBERS,
            data={
                "credit_code": "91350100M000100Y43",
                "name_zh": "江城先进材料研究院",
                "kind": "institute",
                "province_code": "420000",
            },
        )
    ],
    "accounts:organisation_leave": [case(WRITE_ONLY, "login 409 ok 409 409 409 409")],
    "accounts:session_list": [case(MEMBERS, READ_ONLY)],
    "accounts:session_end": [case(WRITE_ONLY, MEMBERS, data={"session": "0" * 32})],
    "accounts:sessions_end_others": [case(WRITE_ONLY, MEMBERS)],
    "accounts:session_stay": [case(MEMBERS, READ_ONLY)],
    "accounts:verification_submit": [
        case(
            MEMBERS,
            MEMBERS,
            data={"real_name": "某一", "identity_kind": "passport", "identity_number": "E87654321", "consent": "on"},
        )
    ],
    "accounts:verification_withdraw": [case(WRITE_ONLY, "login ok 409 409 404 404 404 404 404 404")],
    "accounts:verification_queue": [case(OFFICERS, READ_ONLY)],
    "accounts:verification_detail": [case(OFFICE, READ_ONLY, {"pk": "asked"})],
    "accounts:verification_approve": [case(WRITE_ONLY, OFFICE, {"pk": "asked"})],
    "accounts:verification_refuse": [case(OFFICE, OFFICE, {"pk": "asked"}, REASON)],
    "accounts:verification_revoke": [case(OFFICE, OFFICE, {"pk": "granted"}, REASON)],
    "accounts:verification_proof": [case(OFFICE, READ_ONLY, {"pk": "asked"})],
    # --- allauth: signing in and out, the password, the second factor
    "account_login": [case(PUBLIC, PUBLIC)],
    "account_logout": [case(PUBLIC, PUBLIC)],
    "account_inactive": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "account_signup": [case(PUBLIC, PUBLIC)],
    "account_reauthenticate": [case(MEMBERS, MEMBERS)],
    "account_email": [case(MEMBERS, MEMBERS)],
    "account_email_verification_sent": [case(MEMBERS, MEMBERS)],
    "account_change_password": [case(MEMBERS, MEMBERS)],
    "account_set_password": [case(MEMBERS, MEMBERS)],
    "account_reset_password": [case(PUBLIC, PUBLIC)],
    "account_reset_password_done": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "account_reset_password_from_key": [case(PUBLIC, PUBLIC)],
    "account_reset_password_from_key_done": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "account_confirm_login_code": [case(MEMBERS, MEMBERS)],
    "mfa_index": [case(MEMBERS, READ_ONLY)],
    "mfa_authenticate": [case(MEMBERS, MEMBERS)],
    "mfa_reauthenticate": [case(MEMBERS, MEMBERS)],
    "mfa_activate_totp": [case(MEMBERS, MEMBERS)],
    "mfa_deactivate_totp": [case("login 404", "login 404")],  # nobody of the cast has a second factor
    "mfa_view_recovery_codes": [case("login 404", READ_ONLY)],
    "mfa_generate_recovery_codes": [case(MEMBERS, MEMBERS)],
    "mfa_download_recovery_codes": [case("login 404", "login 404")],
}
