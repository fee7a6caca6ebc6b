"""Open311 GeoReport v2: the endpoint that existing clients speak to."""
