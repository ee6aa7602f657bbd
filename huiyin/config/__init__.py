"""Settings, addresses and the deploy self-check (配置)."""
