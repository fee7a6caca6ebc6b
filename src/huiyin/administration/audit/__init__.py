"""The auditor's pages: who looked, what was changed, whether the record is whole. They change nothing."""
