"""JAGA: complaints heard and settled, satisfaction asked and counted, suggestions answered.

Owns complaints with their settlements, surveys with invitations and answers, suggestions and improvements.
"""
