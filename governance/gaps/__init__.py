"""What is decided about a gap that an assessment found, and the work it leads to."""
