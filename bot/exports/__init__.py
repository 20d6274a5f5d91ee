"""Released results as files: records, their codebook, and the forms they are written in."""
