"""What the account of the demo is filled with."""
