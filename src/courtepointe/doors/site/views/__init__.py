"""From a request to one query or action, and to an answer."""

from courtepointe.doors.site.views.home import choose_language

__all__ = ["choose_language"]
