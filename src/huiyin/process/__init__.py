"""The pure engine of moves: definitions, guards, clocks. It knows no case and has no table."""
