"""Joins mentions to entities inside one document."""

from communique.link.entities import link

__all__ = ["link"]
