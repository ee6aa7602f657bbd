"""Cases, submissions, demands and their clocks (信访事项、诉求与时限)."""
