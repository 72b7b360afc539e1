"""Addresses of trading. Read next: views/."""

from django.urls import path

from .views import enquiries, need_matching, need_proposals, need_reviews, needs, negotiations

app_name = "trading"
urlpatterns = [
    path("enquiries/new/<str:number>/", enquiries.enquiry_create, name="enquiry_create"),
    path("negotiations/", negotiations.negotiation_list, name="negotiation_list"),
    path("negotiations/<int:pk>/", negotiations.negotiation_detail, name="negotiation_detail"),
    path("negotiations/<int:pk>/send/", negotiations.message_send, name="message_send"),
    path("negotiations/<int:pk>/read/", negotiations.negotiation_read, name="negotiation_read"),
    path("negotiations/<int:pk>/close/", negotiations.negotiation_close, name="negotiation_close"),
    path("negotiations/<int:pk>/reopen/", negotiations.negotiation_reopen, name="negotiation_reopen"),
    path("negotiations/<int:pk>/files/<int:file_pk>/", negotiations.message_file, name="message_file"),
    path("needs/", needs.need_list, name="need_list"),
    path("needs/new/", needs.need_create, name="need_create"),
    path("needs/mine/", needs.need_mine, name="need_mine"),
    path("needs/for-listings/", need_matching.need_for_listings, name="need_for_listings"),
    path("needs/review/", need_reviews.need_review_queue, name="need_review_queue"),
    path("needs/review/<int:pk>/", need_reviews.need_review_detail, name="need_review_detail"),
    path("needs/review/<int:pk>/take/", need_reviews.need_review_take, name="need_review_take"),
    path("needs/review/<int:pk>/release/", need_reviews.need_review_release, name="need_review_release"),
    path("needs/review/<int:pk>/approve/", need_reviews.need_review_approve, name="need_review_approve"),
    path(
        "needs/review/<int:pk>/request-changes/",
        need_reviews.need_review_request_changes,
        name="need_review_request_changes",
    ),
    path("needs/review/<int:pk>/reject/", need_reviews.need_review_reject, name="need_review_reject"),
    path("needs/proposals/", need_proposals.proposal_mine, name="proposal_mine"),
    path("needs/proposals/<int:pk>/accept/", need_proposals.proposal_accept, name="proposal_accept"),
    path("needs/proposals/<int:pk>/decline/", need_proposals.proposal_decline, name="proposal_decline"),
    path("needs/proposals/<int:pk>/withdraw/", need_proposals.proposal_withdraw, name="proposal_withdraw"),
    path("needs/<str:number>/", needs.need_detail, name="need_detail"),
    path("needs/<str:number>/edit/", needs.need_save, name="need_save"),
    path("needs/<str:number>/submit/", needs.need_submit, name="need_submit"),
    path("needs/<str:number>/copy/", needs.need_copy, name="need_copy"),
    path("needs/<str:number>/withdraw/", needs.need_withdraw, name="need_withdraw"),
    path("needs/<str:number>/met/", needs.need_meet, name="need_meet"),
    path("needs/<str:number>/matches/", need_matching.need_matches, name="need_matches"),
    path("needs/<str:number>/propose/", need_proposals.need_propose, name="need_propose"),
    path("needs/<str:number>/proposals/", need_proposals.need_proposals, name="need_proposals"),
]
