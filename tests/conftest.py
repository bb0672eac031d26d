"""What all tests share: how property tests run."""

from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the promise holds.
settings.register_profile("communique", deadline=None)
settings.load_profile("communique")
