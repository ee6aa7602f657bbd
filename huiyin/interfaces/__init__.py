"""Doors and windows (门窗): desk, portal, API, jobs, commands."""
