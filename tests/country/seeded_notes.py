"""Invented sentences of notes in which everything that tells of an official stands between ⟦ and ⟧."""

from __future__ import annotations

SEEDED = (
    "Deze nota is geschreven door ⟦Sanne de Wit⟧ van de directie Migratie.",
    "Voor vragen: ⟦s.dewit@minjenv.example⟧ of ⟦070 123 45 67⟧.",
    "⟦Mw. mr. A.B. van der Zwaag-Hoekstra⟧ heeft meegelezen.",
    "De conceptbrief is besproken met ⟦drs. K. Aydin⟧ en ⟦Fatoumata Diallo⟧.",
    "Contactpersoon: ⟦Xiomara Quintana, toestel 4711⟧",
    "Met vriendelijke groet,\n⟦Sjoukje Wiersma⟧\n⟦coördinerend beleidsadviseur S. Wiersma⟧",
    "Paraaf: ⟦JdV⟧",
    "Opgesteld door: ⟦Pieter-Jan Vos, 06-98765432⟧",
    "Beleidsmedewerker ⟦El Amrani⟧ stemt af met de VNG.",
    "De directeur, ⟦mevrouw Okonkwo⟧, is akkoord.",
    "Het hoofd van de afdeling (⟦H.J. te Riele⟧) ziet geen bezwaar.",
    "⟦JEROEN BAKKER⟧ stuurt de stukken na; bel ⟦Jeroen Bakker⟧ bij vragen.",
    "Volgens ⟦René⟧ kan de brief deze week weg.",
    "Zie de mail van ⟦Zoë O'Connor⟧ aan ⟦Bram Kuipers⟧ van 3 maart.",
    "Bereikbaar op ⟦+31 6 1234 5678⟧ of ⟦(020) 555 12 34⟧, doorkies ⟦doorkiesnummer 8812⟧.",
    "De secretaris-generaal heeft dit met ⟦de heer Ten Broeke⟧ besproken.",
    "Namens deze,\n⟦M. Łukasiewicz⟧",
    "cc: ⟦t.vermeulen [at] minbzk.example⟧",
    "⟦Yasmina Bouazza⟧ en ⟦Teun⟧ werken de planning uit.",
    "Behandelaar: ⟦dr. Ö. Çelik⟧",
    "Na overleg met ⟦Van Dijk⟧ is de tekst aangepast; collega ⟦Van Dijk⟧ stuurt haar rond.",
    "⟦Ingeborg\nvan Beek⟧ leest mee.",
    "Wethouder ⟦Hendriks⟧ van Zundert vroeg hiernaar.",
    "De heer ⟦J.W.⟧ is akkoord.",
    "Steller: ⟦N. Şahin⟧",
    "De woordvoerder, ⟦Mila Hofstede⟧, wacht af.",
    "Vraag het ⟦Anne-Fleur Pronk⟧ of ⟦Wim Kok-Smit⟧.",
    "Bij afwezigheid: ⟦prof. dr. L. 't Hart⟧.",
    "⟦P. Nguyen⟧ heeft de cijfers geleverd.",
    "Ondertekend:\n⟦Roelof Postma⟧",
    "Medeparaaf: ⟦K.L.M.⟧",
    "Dank aan ⟦Chidi Eze⟧ voor de berekening.",
)
CLEAN = (
    "De gemeente Utrecht vraagt om een gesprek met de provincie Utrecht.",
    "Op 26 augustus 2022 maakten het kabinet, VNG, IPO en het Veiligheidsberaad afspraken.",
    "Zie Kamerstuk 32 847, nr. 994 en Kamerstukken 2022/23, 19 637, nr. 2992.",
    "De Huisvestingswet 2014 geeft er geen grond voor.",
    "Het COA, de IND en Aedes hebben meegelezen.",
    "De minister en de staatssecretaris sturen de brief aan de Tweede Kamer.",
    "In 2026-I zijn 21.200 mensen gehuisvest, van wie 1.005 in Noord-Holland.",
    "De Adviesraad Migratie gaf tien aanbevelingen.",
    "Het Interprovinciaal Overleg en het ministerie van Binnenlandse Zaken en Koninkrijksrelaties doen mee.",
    "De taakstelling voor Den Haag, Bergen op Zoom en Alphen aan den Rijn staat op de lijst.",
    "Wet open overheid, artikel 5.1, tweede lid, onder e.",
    "Bedrag: 77,8 miljoen euro; 14.000 euro per woning.",
    "Gedeputeerde Staten van Zuid-Holland besluiten voor 1 juli 2026.",
    "Woningcorporaties bouwen flexwoningen in Almere en Zwolle.",
    "Het Rijk betaalt, gemeenten voeren uit.",
    "De directeur van het COA is op de hoogte.",
    "Bijlage 1 bevat de brief; bijlage 2 de cijfers van het CBS.",
    "De Raad van State bracht op 12 januari advies uit.",
    "Stimuleringsregeling flex- en transformatiewoningen, ronde 08-11-2022.",
    "Vluchtelingenwerk Nederland en het Rode Kruis zijn geïnformeerd.",
    "Aan: de ministerraad",
    "De projectleider van de provincie Noord-Brabant bereidt de Regietafel voor.",
)
HELD_OUT = (
    "De reactie is opgesteld door ⟦Hugo Terpstra⟧ en ⟦Nawal Idrissi⟧.",
    "Graag reactie vóór vrijdag aan ⟦w.terpstra@coa.example⟧, tel. ⟦06 2345 6789⟧.",
    "Teamleider ⟦D. van ’t Veer⟧ heeft de planning bekeken.",
    "⟦Mevr. Soer⟧ belt de provincie Gelderland.",
    "Auteur: ⟦Oumaima Benali⟧",
    "Hoogachtend,\n\n⟦B.J. Kuiper-de Graaf⟧\n⟦plv. directeur B. Kuiper⟧",
    "Overleg met ⟦Wouter⟧ (VNG) en ⟦Esther Schouten⟧ (IPO) op 14 april.",
    "De jurist, ⟦mr. Verhoeven⟧, ziet een risico in artikel 28.",
    "⟦Tjalling Hoekema⟧ levert de cijfers van Fryslân.",
    "In de kopie stond ⟦ANNEMARIE VAN LOON⟧.",
    "De notulen gaan naar ⟦Q. Rademaker⟧.",
    "Voor akkoord:\n⟦Gwen Adriaanse⟧",
    "De burgemeester van Zwolle en de gedeputeerde van Overijssel waren erbij.",
    "Het kabinet houdt de Spreidingswet voorlopig in stand.",
    "De Nationale Ombudsman en de Algemene Rekenkamer zijn niet betrokken.",
    "Kamerbrief van 24 januari 2023 over Een thuis voor statushouders.",
)
"""Written after the rules were finished. One was missed then (a curly apostrophe), which was mended."""


def read(seeded: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a sentence without its marks, and where what tells of an official stands in it."""
    text, spans, start = "", [], 0
    for letter in seeded:
        if letter == "⟦":
            start = len(text)
        elif letter == "⟧":
            spans.append((start, len(text)))
        else:
            text += letter
    return text, tuple(spans)
