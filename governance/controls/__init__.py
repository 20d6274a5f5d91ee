"""Security and privacy practices, assessed against a framework: by their owners, then the ISO."""
