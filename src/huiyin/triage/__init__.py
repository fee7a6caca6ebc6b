"""Reads each new matter: what it is about, whose it is, how pressing; and learns from what people decide."""
