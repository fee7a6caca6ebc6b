"""What every request passes before Django: its body is received, and it waits in line for its turn."""
