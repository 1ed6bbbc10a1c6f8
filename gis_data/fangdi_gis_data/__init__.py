"""Files in and out: coordinate systems, vector formats, tables, field mappings and quality checks."""
