"""Addresses of patents. Read next: views/."""

from django.urls import path, register_converter

from .views import detail, files, listings, postings, reviews, right_entries, rights, search, status, steps


class Picks:
    """Several records in one address, by their keys: 12-15-18. Each counts once."""

    regex = "[0-9]{1,18}(?:-[0-9]{1,18})*"

    def to_python(self, value: str) -> list[int]:
        return list(dict.fromkeys(int(part) for part in value.split("-")))

    def to_url(self, value: list[int]) -> str:
        return "-".join(str(pk) for pk in value)


register_converter(Picks, "picks")
app_name = "patents"
urlpatterns = [
    path("", search.listing_search, name="listing_search"),
    path("review/", reviews.review_queue, name="review_queue"),
    path("review/approve/<picks:picks>/", reviews.review_approve_many, name="review_approve_many"),
    path("review/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("review/<int:pk>/take/", reviews.review_take, name="review_take"),
    path("review/<int:pk>/release/", reviews.review_release, name="review_release"),
    path("review/<int:pk>/check/", reviews.review_check, name="review_check"),
    path("review/<int:pk>/approve/", reviews.review_approve, name="review_approve"),
    path("review/<int:pk>/request-changes/", reviews.review_request_changes, name="review_request_changes"),
    path("review/<int:pk>/reject/", reviews.review_reject, name="review_reject"),
    path("review/<int:pk>/hand-over/", reviews.review_hand_over, name="review_hand_over"),
    path("new/", listings.listing_new, name="listing_new"),
    path("mine/", listings.listing_mine, name="listing_mine"),
    path("status/import/", status.status_import, name="status_import"),
    path("status/import/<int:pk>/", status.status_sheet, name="status_sheet"),
    path("status/import/<int:pk>/apply/", status.status_sheet_apply, name="status_sheet_apply"),
    path("status/import/<int:pk>/refused/", status.status_sheet_refused, name="status_sheet_refused"),
    path("postings/", postings.posting_list, name="posting_list"),
    path("postings/<int:pk>/", postings.posting_detail, name="posting_detail"),
    path("postings/<int:pk>/withdraw/", postings.posting_withdraw, name="posting_withdraw"),
    path("postings/<int:pk>/object/", postings.objection_file, name="objection_file"),
    path("postings/objections/<int:pk>/answer/", postings.objection_answer, name="objection_answer"),
    path("files/<int:pk>/", files.attachment_detail, name="attachment_detail"),
    path("files/<int:pk>/remove/", files.attachment_remove, name="attachment_remove"),
    path("rights/", rights.right_list, name="right_list"),
    path("rights/proofs/<slug:entry>/<int:pk>/", rights.right_proof, name="right_proof"),
    path("rights/grants/<int:pk>/end/", right_entries.grant_end, name="grant_end"),
    path("rights/grants/<int:pk>/correct/", right_entries.grant_correct, name="grant_correct"),
    path("rights/grants/<int:pk>/annul/", right_entries.grant_annul, name="grant_annul"),
    path("rights/encumbrances/<int:pk>/end/", right_entries.encumbrance_end, name="encumbrance_end"),
    path("rights/encumbrances/<int:pk>/consent/", right_entries.encumbrance_consent, name="encumbrance_consent"),
    path("rights/<str:number>/", rights.right_detail, name="right_detail"),
    path("rights/<str:number>/grants/new/", right_entries.grant_record, name="grant_record"),
    path("rights/<str:number>/titles/new/", right_entries.title_register, name="title_register"),
    path("rights/<str:number>/encumbrances/new/", right_entries.encumbrance_record, name="encumbrance_record"),
    # Last, because the number of a listing (or of a patent) stands where the words above do.
    path("<str:number>/", detail.listing_detail, name="listing_detail"),
    path("<str:number>/edit/", listings.listing_edit, name="listing_edit"),
    path("<str:number>/edit/patent/<int:pk>/remove/", steps.patent_remove, name="patent_remove"),
    path("<str:number>/edit/<slug:step>/", steps.listing_step, name="listing_step"),
    path("<str:number>/edit/<slug:step>/keep/", steps.input_keep, name="input_keep"),
    path("<str:number>/edit/<slug:step>/drop/", steps.input_drop, name="input_drop"),
    path("<str:number>/postings/new/", postings.posting_create, name="posting_create"),
    path("<str:number>/answers/", listings.listing_answers, name="listing_answers"),
    path("<str:number>/submit/", listings.listing_submit, name="listing_submit"),
    path("<str:number>/receipt/", listings.listing_receipt, name="listing_receipt"),
    path("<str:number>/revise/", listings.listing_revise, name="listing_revise"),
    path("<str:number>/revise/withdraw/", listings.revision_withdraw, name="revision_withdraw"),
    path("<str:number>/withdraw/", listings.listing_withdraw, name="listing_withdraw"),
    path("<str:number>/suspend/", listings.listing_suspend, name="listing_suspend"),
    path("<str:number>/resume/", listings.listing_resume, name="listing_resume"),
    path("<str:number>/patents/<int:pk>/status/", status.patent_status, name="patent_status"),
]
