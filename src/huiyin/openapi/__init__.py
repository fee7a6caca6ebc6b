"""The face for machines: `/api/v1/` and Open311 GeoReport v2."""
