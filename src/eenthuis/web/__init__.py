"""Pages per role; no query and no rule."""
