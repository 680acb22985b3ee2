"""What may come: first requests, joining relatives, the national number and people waiting, with their uncertainty.

A forecast ("prognose") is made on a day from what was known on that day, for half-years ahead, as quantiles. Models
are tried on history by rolling origin and stand beside "same as last time"; where one is not better, that is said. An
official number is never replaced: a forecast stands beside it.
"""
