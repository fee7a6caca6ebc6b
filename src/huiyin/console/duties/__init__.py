"""The register of duties for everybody: searching it, its versions, what was designated, admissions."""
