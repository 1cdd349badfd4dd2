"""The number of a paper as it is printed: "Số: 12-Q1/HDHS".

Numbers run within kind, year and counter, for counters without a line cannot share one row of numbers;
so the counter is part of what is printed.
"""

_SUFFIXES = {
    "supplement": "HDHS",
    "refusal": "TCHS",
    "apology": "XLHG",
    "stop": "TBDHS",
    "receipt": "BNT",
    "hand_over_list": "GNHS",
    "postal_list": "BCCI",
    "notice": "HDHS",
}
REGISTER = "register"
ALL_SERIES = (REGISTER, *_SUFFIXES)


def paper_number(number: int, counter: int, series: str) -> str:
    """Return "12-Q1/HDHS", "" for a paper without a number; KeyError for a series nobody prints."""
    return f"{number:02d}-Q{counter}/{_SUFFIXES[series]}" if number else ""
