"""What people look at. Plotly, Streamlit and human language live only here."""
