"""JAGA: the people who serve: candidates, training, shifts, observations, coaching.

Owns candidates, trainings, shifts and observations.
"""
