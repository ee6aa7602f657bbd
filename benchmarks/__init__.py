"""What is fast, measured side by side (测速); never part of the tests."""
