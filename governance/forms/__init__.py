"""Forms of commands: what is asked for is declared on the command (``core.forms``)."""
