"""Which days which team hands residence documents out at which centre, and who comes when.

An engine: it proposes sessions and appointments with a bound that anyone can compute again from prices; a person
decides. It knows no database and no clock, and draws chance only from the generator it is given.
"""
