"""The chance of work per household and place, learned from a table of one's own; optional, and off by default.

Nothing in Eenthuis uses it unless someone trains a model, scores an instance with it and solves that instance.
"""
