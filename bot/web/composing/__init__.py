"""Writing an announcement on the web, in three steps: whom it is for, what it says, and the last
check before it goes out."""
