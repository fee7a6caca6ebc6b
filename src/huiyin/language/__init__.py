"""Reads the sense of Chinese texts on the CPU, offline: words, categories, reasons. Pure; no table."""
