"""The ways messages travel: one folder or file per kind of channel, none of which touches the database."""
