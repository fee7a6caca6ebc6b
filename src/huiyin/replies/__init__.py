"""Whether replies answer: checks of what was written, samples for the centre, what people judged of them."""
