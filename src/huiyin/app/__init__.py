"""The only wiring: settings, addresses, command line, worker, embedded database."""
