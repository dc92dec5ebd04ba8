"""Pages of the dashboard, one a module: each reads the state, asks for answers, and places what is built from them."""
