"""Double-entry books of an organisation: vouchers that balance, months that close."""
