"""What the townships look over: filings, hints, arrears, reviews, audits."""
