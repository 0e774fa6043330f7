"""The inbox: a webhook body is stored as it came, then split and handled item by item, each once."""
