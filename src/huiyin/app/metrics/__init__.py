"""Metrics for Prometheus: requests over all web processes, and what the database says of its queues."""
