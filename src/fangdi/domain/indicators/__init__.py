"""Indicators (指标) that leaders look at: what each means, and how rows add up to it."""
