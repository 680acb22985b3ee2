"""The words of the field as frozen types; they describe and never decide."""
