"""Launching a survey on the web: the form, the page to look at before it, and the page after it."""
