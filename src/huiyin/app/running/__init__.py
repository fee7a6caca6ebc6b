"""`huiyin run`: the database, the web pages and the jobs, started together and stopped together."""
