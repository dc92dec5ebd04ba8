"""Pages of the dashboard, one a package: each reads the state, asks for answers, and places what is built from them.

The folder is not called `pages`: beside `app.py`, Streamlit takes one of that name for its own list of pages, and
`/plan` is then not found.
"""
