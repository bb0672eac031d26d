"""The names in a text: persons, bodies, offices, states, places."""
