"""The pages of the books: vouchers, review, months, ledgers and statements."""
