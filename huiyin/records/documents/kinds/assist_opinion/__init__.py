"""Assist opinion (协办意见)."""
