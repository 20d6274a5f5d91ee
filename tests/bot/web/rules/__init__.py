"""The pages of IT rules."""
