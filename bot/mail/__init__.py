"""E-mail: how people without Slack or Teams are told that something waits on their page."""
