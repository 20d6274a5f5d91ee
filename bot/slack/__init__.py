"""Slack: what it hands in becomes commands, what Sounding Board says becomes blocks and modals."""
