"""Long hunts for texts that break the toolkit: ``make fuzz``. Not part of the test run."""
