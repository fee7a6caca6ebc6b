"""The village collective economy: each package inside has its own door, and floors of its own."""
