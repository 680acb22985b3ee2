"""The command ``eenthuis``; calculators work without a database."""
