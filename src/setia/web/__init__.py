"""The shell of every page: base templates, components, tags, styles, the script.

Owns no table and knows no area.
"""
