"""Where each case lies: proposed from point and words by a job, settled by a person; what its cell does."""
