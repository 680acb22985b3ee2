"""Views: read the request, call a service, show the page."""
