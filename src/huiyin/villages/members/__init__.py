"""Roster, officers, rounds of confirmation and appeals, as pages for staff."""
