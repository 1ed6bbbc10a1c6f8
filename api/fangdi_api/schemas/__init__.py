"""The shapes of answers, as OpenAPI documents them; one module a subject."""
