"""The events that a statement reports, and how it judges them."""
