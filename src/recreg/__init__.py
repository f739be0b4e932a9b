"""The recommendation register of a police force's HMICFRS liaison officer."""

__version__ = "0.1.0"
