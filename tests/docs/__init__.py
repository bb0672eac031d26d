"""The documentation's promises, tested."""
