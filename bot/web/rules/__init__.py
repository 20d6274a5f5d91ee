"""IT rules on the web: the library, one rule, what changed, comments, the feed and the calendar."""
