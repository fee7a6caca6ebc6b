"""Learns from texts on the CPU, offline: what they are about, how sure, by which words. Pure; no table."""
