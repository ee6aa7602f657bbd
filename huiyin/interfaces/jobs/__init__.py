"""What the worker does in the background (后台任务)."""
