"""The root of every address: plain ones first, then everything below a language prefix. Read next: portal/urls.py."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from django.views.decorators.http import require_safe

from platform_site.portal.sitemaps import MAPS
from platform_site.portal.views import health, home

handler400 = "platform_site.portal.views.refusals.bad_request"
handler403 = "platform_site.portal.views.refusals.permission_denied"
handler404 = "platform_site.portal.views.refusals.not_found"
handler429 = "platform_site.portal.views.refusals.too_many"  # asked by the library that counts log-ins
handler500 = "platform_site.portal.views.refusals.server_error"

SITEMAP_INDEX = require_safe(login_not_required(sitemap_views.index))
SITEMAP = require_safe(login_not_required(sitemap_views.sitemap))

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", SITEMAP_INDEX, {"sitemaps": MAPS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<section>.xml", SITEMAP, {"sitemaps": MAPS}, name="sitemap_section"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("platform_site.portal.urls")),
        path("", include("platform_site.ui.urls")),
        path("accounts/", include("platform_site.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("patents/", include("patents.urls")),
        path("trading/", include("trading.urls")),
        path("expos/", include("expos.urls")),
        path("governance/", include("governance.urls")),
        path("policies/", include("governance.policy_urls")),
        path("resources/", include("governance.resource_urls")),
        prefix_default_language=True,
    ),
]
