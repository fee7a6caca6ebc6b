"""Where each case lies: proposed from point and words by a job, settled by a person; and what its cell does."""
