"""From text to typed tree."""
