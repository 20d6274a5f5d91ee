"""Writing surveys on the web: one question a page, plain forms, every step saved."""
