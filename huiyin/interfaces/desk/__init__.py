"""The officers' desk (工作台)."""
