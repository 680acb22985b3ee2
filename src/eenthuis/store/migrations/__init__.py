"""Migrations; they import nothing of ours."""
