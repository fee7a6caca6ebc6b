"""How long data of people is kept, and what happens to it afterwards."""
