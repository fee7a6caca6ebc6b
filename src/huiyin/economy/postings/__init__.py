"""What is posted for the villagers to see, with their questions and objections."""
