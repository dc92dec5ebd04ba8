"""Pictures of what was found, in the reader's language and theme: each chart has a file, and comes out as a `Chart`."""
