"""The yearly report (年度统计报表): its forms, and what the data do not hold."""
