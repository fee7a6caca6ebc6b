"""Postings of the villages: months put up, lines corrected, questions answered, who is late."""
