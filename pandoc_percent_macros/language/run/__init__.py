"""From checked trees to closures, and running them."""
