"""Rules only: no session, no file, no clock, no terminal."""
