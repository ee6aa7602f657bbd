"""Handling, replies, service, report-back and rating (办理、答复、送达、报结、评价)."""
