"""How an answer came about, in the formats that people and programs read: one file each."""
