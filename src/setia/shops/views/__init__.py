"""Pages of shops: the front of the site, coming in, one's own account, and the settings of a shop."""
