"""What goes to and comes from other systems by itself: webhooks, and peers that speak Open311."""
