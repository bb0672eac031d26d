"""Treaties, resolutions, laws, rulings and reports that a statement cites."""
