"""The lists that an administrator keeps, each declared once for its pages and its spreadsheet."""
