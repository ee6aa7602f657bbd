"""The superior channel."""
