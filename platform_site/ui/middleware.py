"""Tells caches that a page drawn to a reader's wish is not everyone's page. Read next: preferences.py."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from .preferences import read_preferences


class PreferencesMiddleware:
    """Adds `Vary: Cookie` only where a preference cookie came in, so that the pages of all others stay cacheable."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if read_preferences(request).present:
            patch_vary_headers(response, ("Cookie",))
        return response
