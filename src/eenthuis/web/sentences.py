"""What each error code says to a visitor, in Dutch; the English sentence comes from the translations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "LAW-01": _("Voor deze dag staat er geen waarde in het wetboek."),
    "LAW-02": _("Een bestand van het wetboek klopt niet. Neem contact op met de beheerder."),
    "LAW-03": _("Twee waarden in het wetboek gelden op dezelfde dag. Neem contact op met de beheerder."),
    "REF-01": _("Deze gemeente is niet gevonden. Controleer de naam, of gebruik de code van het CBS."),
    "REF-02": _("Meer dan één gemeente heet zo. Gebruik de code van het CBS."),
    "REF-03": _("Deze gemeente bestond op die dag niet."),
    "REF-04": _("De inwoners op de peildatum ontbreken."),
    "REF-05": _("Voor dit halfjaar is geen landelijk aantal bekend."),
    "REF-06": _("De openbare gegevens spreken elkaar tegen; er is niets ingelezen."),
    "INP-01": _("Een waarde is niet te lezen."),
    "INP-02": _("Een kolom ontbreekt of is onbekend."),
    "INP-03": _("Een code komt twee keer voor."),
    "INP-04": _("Een code ontbreekt."),
    "INP-05": _("Het bestand is niet te lezen. Sla het op als CSV UTF-8, of als .xlsx."),
    "INP-06": _("Een getal is te klein, te groot of geen geheel getal."),
    "INP-07": _("Het bestand is er niet."),
    "ACC-01": _("Dit mag uw rol niet. Meld u aan met een account dat dit wel mag."),
    "ACC-02": _("Niet gevonden."),
    "ACC-04": _("Dit doet u niet als vervanger. Stop eerst met vervangen."),
    "ACC-03": _("Dit doet u niet alleen: vraag een andere beheerder."),
    "SGN-01": _("Dit aanmelden is hier niet begonnen, of duurde te lang. Begin opnieuw op de aanmeldpagina."),
    "SGN-02": _("Uw organisatie heeft u niet aangemeld. Probeer het opnieuw, of vraag uw eigen helpdesk."),
    "SGN-03": _("Het antwoord van uw organisatie klopt niet, dus u bent niet aangemeld. Begin opnieuw."),
    "SGN-04": _("De aanmeldpagina van uw organisatie is nu niet bereikbaar. Probeer het later opnieuw."),
    "SGN-05": _("Bij u hoort hier geen account. Vraag de beheerder om een uitnodiging."),
    "STA-01": _("Hierover is al besloten. Open de pagina opnieuw voor de huidige stand."),
    "STA-02": _("De som van de taakstellingen moet bij een uitruil gelijk blijven."),
    "STA-03": _("In de taakstelling van deze gemeente is niet genoeg ruimte meer."),
    "STA-04": _("Narekenen van het ontvangstbewijs geeft een andere uitkomst."),
    "STA-05": _("Het voorstel is ingehaald. Maak een nieuw voorstel."),
    "STA-06": _("Deze stap past niet bij hoe het nu staat. Er is niets veranderd."),
    "STA-07": _("Iemand anders was u voor. Er is niets veranderd; open de pagina opnieuw."),
    "STA-08": _("Deze woning is niet vrij of past niet bij het huishouden. Kies een andere woning."),
    "STA-09": _("Deze dag kan niet. Geef de dag waarop het gebeurde."),
    "STA-10": _("Dit is niet de sleutel die vooraf is vastgelegd. Er is niets geloot."),
    "LNK-01": _("Een bestand van het koppelvraagstuk klopt niet; er is niets berekend."),
    "LNK-02": _("Het bewijs bij het voorstel klopt niet. Gebruik het voorstel niet."),
    "LNK-03": _("Er is geen voorstel mogelijk."),
    "LNK-04": _("Een criterium voor het koppelen klopt niet. Neem contact op met de beheerder."),
    "LNK-05": _(
        "Met deze tabel is geen eerlijke kans op werk te leren. Verzamel meer rijen, of koppel zonder."
    ),
    "LNK-06": _("Het model voor de kans op werk klopt niet. Laat het opnieuw trainen."),
    "API-01": _("De sleutel is niet geldig. Vraag de beheerder om een nieuwe."),
    "API-02": _("Er kwamen te veel aanvragen in korte tijd. Wacht even en probeer het opnieuw."),
    "API-03": _("Iemand heeft dit intussen gewijzigd. Lees de huidige stand en besluit opnieuw."),
    "API-04": _("De aanvraag noemt niet welke stand u hebt gezien. Stuur de kop If-Match mee."),
    "API-05": _("Deze Idempotency-Key hoort bij een andere aanvraag. Gebruik een nieuwe."),
    "SET-01": _("De database is niet bereikbaar. Probeer het later opnieuw."),
    "SET-02": _("De database is nog niet bijgewerkt. Neem contact op met de beheerder."),
    "SET-04": _("Een instelling van deze dienst klopt niet. Neem contact op met de beheerder."),
    "SET-03": _("Stijlbladen of lettertypen ontbreken. Neem contact op met de beheerder."),
}
"""A sentence per code; what exactly was asked and found stands in the error itself."""
