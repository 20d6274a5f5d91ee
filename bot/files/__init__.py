"""A district's files: YAML and OneRoster CSV in, the domain's dataclasses out, and back."""
