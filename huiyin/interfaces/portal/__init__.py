"""The public portal: what a citizen sees (公众门户)."""
