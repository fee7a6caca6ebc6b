"""Hot issues: what many people raise at once, found among the cases, kept, named and handled as one."""
