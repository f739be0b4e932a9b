"""The one SQLite file: how it is opened, what it remembers, and who may change it when."""
