"""`huiyin doctor`: looks at the whole installation, says what is wrong and how to mend it."""
