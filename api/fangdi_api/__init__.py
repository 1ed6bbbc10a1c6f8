"""The HTTP interface: REST under /api/v1, and the web map at /."""
