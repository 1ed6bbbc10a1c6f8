"""One function per use case: read the store, decide in the domain, write the store."""
