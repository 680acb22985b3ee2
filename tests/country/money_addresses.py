"""Addresses of pages about money, for the walk of every role over every page."""

MONEY_ADDRESSES = {
    "money": "/geld/",
    "money-csv": "/geld/geld.csv",
    "money-overview": "/geld/overzicht/",
    "money-overview-csv": "/geld/overzicht/regelingen.csv",
    "reception-bill": "/geld/rekening/",
    "reception-bill-csv": "/geld/rekening/rekening.csv",
    "money-choose": "/geld/vragen/",
    "money-costs": "/geld/vragen/kosten/",
    "money-grant": "/geld/vragen/plekken/",
    "money-apply": "/geld/vragen/regeling/sft-2025/",
    "money-file": "/geld/dossiers/G-9999999/",
    "money-step": "/geld/dossiers/G-9999999/bewijs/",
    "money-by-key": "/geld/bericht/99999999/",
    "round-by-key": "/geld/ronde/99999999/",
    "rounds": "/lotingen/",
    "open-round": "/lotingen/aankondigen/",
    "round": "/lotingen/bestaat-niet/",
    "round-entries": "/lotingen/bestaat-niet/lijst.csv",
    "round-json": "/lotingen/bestaat-niet/loting.json",
    "publish-round": "/lotingen/bestaat-niet/bekendmaken/",
    "draw-round": "/lotingen/bestaat-niet/trekken/",
}
MONEY_OF_ACCOUNT = {
    "money",
    "money-csv",
    "money-choose",
    "money-costs",
    "money-grant",
    "money-apply",
}
"""Pages of whatever place the account itself belongs to."""

MONEY_WALKED = {
    "money-costs",  # for municipalities alone; tests/web/test_money_pages.py
    "money-grant",
    "money-file",  # it takes a file; tests/journeys/test_money.py
    "money-step",
    "money-by-key",
    "round-by-key",
    "round",
    "round-entries",
    "round-json",
    "publish-round",
    "draw-round",
}
"""Pages that take a file or a round, or are for municipalities alone; walked where their effect is looked at."""
