"""Who is who: authority records and lexicons, and the little code that reads them."""
