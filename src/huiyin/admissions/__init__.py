"""Admission of duties (职责准入): what a unit is to answer for is proposed, heard, decided, then on the register."""
