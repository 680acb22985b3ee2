"""One module per legal question, counting exactly with whole numbers and fractions.

Each rule is a function of plain values that reads like its article; it receives a narrow record of law and returns
everything that can happen as a type.
"""
