"""The visit channel."""
