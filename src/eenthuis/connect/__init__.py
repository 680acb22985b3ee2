"""The world outside as files and services: spreadsheets, CBS open data, boundaries, the clock."""
