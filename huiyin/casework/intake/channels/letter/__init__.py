"""The letter channel."""
