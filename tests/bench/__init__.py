"""Measurements that docs/benchmarks.md quotes."""
