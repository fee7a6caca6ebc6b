"""The pages on the suggestions: versions of the model, thresholds, what people decided, words of danger."""
