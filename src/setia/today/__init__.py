"""What to do now: prompts from many sources, ranked, each a person, a reason, the words, one tap.

Owns: Prompt. Records: prompt.*. Knows: everything below.
"""
