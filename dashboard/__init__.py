"""What people look at: plotly, Streamlit and human language live only here.

From what is asked to what is seen, each room imports only from those before it:

ask (the question, its controls and its link), answer (computed once for all who ask), say (words and tables), batches
(many scenarios at a time), draw (one chart a file), reports (pages to keep), widgets (shared by pages), frame (around
every page), page (one package for each), and `app.py`, which has the list of pages.

A new page is a package in page, a file of texts by its name in each language, whose `menu` is its name in the menu,
and a line in `app.py`. A new measure is seen everywhere once `sim.measures` and its texts know it.
"""
