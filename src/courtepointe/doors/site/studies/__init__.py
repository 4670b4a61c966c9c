"""Studies of hubs on the site: asked on a page, answered by a process of its own, read side by side."""
