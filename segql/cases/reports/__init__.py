"""What became of cases, in the formats that people and programs read: one file each."""
