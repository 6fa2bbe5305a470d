"""Unit tests of segments: profiles beside them, and whether each is to be a member."""
