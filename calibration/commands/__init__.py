"""Commands that learn from data and documents, or hold the model against them.

The program finds them by name. They stand above the dashboard, whose reports and pictures they write.
"""
