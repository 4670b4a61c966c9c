"""Every read of engagement: frozen values, of one workspace as its reader sees it."""
