"""Findings of compliance (合规问题): what breaks which rule, on what evidence, and the life that each leads."""
