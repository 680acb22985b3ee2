"""Django's PostgreSQL with the scope of what is asked on every statement."""
