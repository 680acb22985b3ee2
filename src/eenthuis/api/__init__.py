"""Typed endpoints over the same services as the pages."""
