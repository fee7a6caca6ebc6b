"""What the console shows of replies: the check on the form, samples for the centre, the rules of checking."""
