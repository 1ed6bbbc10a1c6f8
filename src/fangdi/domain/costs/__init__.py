"""What using office premises costs a year (成本租金): rates as data, and the calculation."""
