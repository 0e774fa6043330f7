"""Orders that strangers send from the public page: welcome, to be confirmed, and limited."""
