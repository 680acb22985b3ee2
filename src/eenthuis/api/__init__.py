"""Typed endpoints over the same services as the pages, after the NLGov REST API Design Rules."""
