"""Tables, migrations, and functions that turn rows into terms and back."""
