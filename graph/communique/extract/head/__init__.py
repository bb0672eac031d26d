"""What stands above and around the body: headline, dateline, publisher, date."""
