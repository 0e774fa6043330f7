"""Pages of products, flavours and prices."""
