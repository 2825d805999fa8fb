"""Building: what is asked for, the editions that means, and the files that come of them."""
