"""The district's help desk: a call to its system, or a mail."""
