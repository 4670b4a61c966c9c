"""Static files under names that change with their content, compressed once."""

from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Statics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrite the addresses inside style sheets; leave the source maps that libraries name alone.

    The maps weigh more than the libraries and are not served; modules find each other by the
    import map, so no address inside a script needs rewriting.
    """

    patterns = tuple(
        (glob, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for glob, rules in HashedFilesMixin.patterns
        if glob == "*.css"
    )
