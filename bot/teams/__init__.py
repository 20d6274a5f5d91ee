"""Microsoft Teams: listen, parse, draw and send."""
