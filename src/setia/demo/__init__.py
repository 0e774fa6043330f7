"""The demo shop: an invented bakery with two years of believable history."""
