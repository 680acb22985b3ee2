"""Use cases: may I, load, decide, save, journal; one function each, in one transaction."""
