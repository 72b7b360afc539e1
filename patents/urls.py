"""Addresses of patents. Read next: views/."""

from django.urls import path

from .views import detail, files, listings, reviews, search, steps

app_name = "patents"
urlpatterns = [
    path("", search.listing_search, name="listing_search"),
    path("review/", reviews.review_queue, name="review_queue"),
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
    path("files/<int:pk>/", files.attachment_detail, name="attachment_detail"),
    path("files/<int:pk>/remove/", files.attachment_remove, name="attachment_remove"),
    # Last, because the number of a listing (or of a patent) stands where the words above do.
    path("<str:number>/", detail.listing_detail, name="listing_detail"),
    path("<str:number>/edit/", listings.listing_edit, name="listing_edit"),
    path("<str:number>/edit/patent/<int:pk>/remove/", steps.patent_remove, name="patent_remove"),
    path("<str:number>/edit/<slug:step>/", steps.listing_step, name="listing_step"),
    path("<str:number>/answers/", listings.listing_answers, name="listing_answers"),
    path("<str:number>/submit/", listings.listing_submit, name="listing_submit"),
    path("<str:number>/receipt/", listings.listing_receipt, name="listing_receipt"),
    path("<str:number>/revise/", listings.listing_revise, name="listing_revise"),
    path("<str:number>/revise/withdraw/", listings.revision_withdraw, name="revision_withdraw"),
    path("<str:number>/withdraw/", listings.listing_withdraw, name="listing_withdraw"),
    path("<str:number>/suspend/", listings.listing_suspend, name="listing_suspend"),
    path("<str:number>/resume/", listings.listing_resume, name="listing_resume"),
    path("<str:number>/patents/<int:pk>/status/", listings.patent_status, name="patent_status"),
]
