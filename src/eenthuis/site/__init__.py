"""Settings, addresses, clock and wiring: the only floor that sees everything."""
