"""What surrounds every page: its look, who may enter, and what is said when something cannot be."""
