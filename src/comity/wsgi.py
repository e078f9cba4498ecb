"""What the web server calls.

Nothing heavy is imported on the way here: drawing, documents and workbooks are the worker's.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")

application = get_wsgi_application()
