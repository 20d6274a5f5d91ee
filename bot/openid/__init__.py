"""Signing in with the district's own accounts, by OpenID Connect."""
