"""What a web server calls. Production settings unless the environment says otherwise: a forgotten variable is safe."""

import os

from django.core.wsgi import get_wsgi_application

from platform_site.portal.edge import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings.prod")

application = utf8_only(get_wsgi_application())
