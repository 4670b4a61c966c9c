"""What the pages of studies share."""

from __future__ import annotations

HERE = "space_hubs"
PAGES = "../studies/"
