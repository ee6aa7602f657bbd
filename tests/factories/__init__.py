"""Makers of records for tests (工厂)."""
