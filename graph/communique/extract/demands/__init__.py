"""What somebody is asked to do, by whom, and whom that addresses."""
