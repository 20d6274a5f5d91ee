"""The pages to speak anonymously. Nothing that says who comes is let in as far as here."""
