"""Telling the business what happened: envelopes, signatures, batches, copies, disorder, retries, and the log."""
