"""Refusals, words in two languages, text, masks, secrets: the standard library only."""
