"""The days of a time series: ends of months of the last ones, ends of years before, and the day itself."""

from datetime import date, timedelta


def series_days(as_of: date, *, years: int, months: int) -> list[date]:
    """Return the days in order: the last days of `years` years and of `months` months before `as_of`, and `as_of`."""
    year_ends = [date(as_of.year - back, 12, 31) for back in range(1, years + 1) if as_of.year > back]
    month_ends = [_end_before(as_of, back) for back in range(months)]
    return sorted({as_of, *year_ends, *(day for day in month_ends if day is not None)})


def a_year_before(day: date) -> date:
    """Return the same day a year before; of 29 February the 28th."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=max(day.year - 1, 1))


def _end_before(day: date, back: int) -> date | None:
    """Return the last day of the month that lies `back` + 1 months before that of the day; None before the year 1."""
    count = day.year * 12 + day.month - 1 - back
    year, month = divmod(count, 12)
    return date(year, month + 1, 1) - timedelta(1) if year >= 1 and (year, month) != (1, 0) else None
