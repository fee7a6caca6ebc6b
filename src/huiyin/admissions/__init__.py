"""Admission of duties (职责准入): proposed, the unit heard, decided, then on the register."""
