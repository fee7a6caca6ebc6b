"""What goes to and comes from other systems, as the administrator sets it up."""
