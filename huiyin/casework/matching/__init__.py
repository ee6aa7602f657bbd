"""Same matter (同一事项): find earlier matters and link matters, reversibly."""
