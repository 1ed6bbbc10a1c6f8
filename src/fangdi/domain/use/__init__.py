"""Use of premises (使用情况): usable area by agency, category, building and tenure, and what it adds up to."""
