"""Word lists by which names of officials are found in a text: open to read, to add to, and to say why a word was found.

All words are in lower case and without accents.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES = _words("""
    aad aaltje abdel abdelkader abdul abel achmed adam adil adriaan adrie agnes ahmed ahmet aicha aisha alex
    alexander ali alice alie alina alwin amal amber amin amina amir anita anja anke ann anna anne anneke annelies
    annemarie annemiek annet annette annie anouk ans anton antoon arend arie arjan arjen arno arnold arthur astrid
    atze aukje ayse barbara bart bas bastiaan bea beatrix ben benjamin bennie bernard bert berta berthe betty
    bianca bilal birgit boris boudewijn bram brenda brigitte bruno carla carlijn carlo carolien carolina caroline
    cas casper catharina cees chantal charles charlotte chris christa christiaan christina christine cindy claire
    claudia cor cora corine corinne cornelia cornelis corrie daan dagmar damian daniel danielle daphne david
    debbie debora denise dennis desiree diana dick dieter dilara dineke dionne dirk djamila dominique donald dora
    dorien douwe driss edith edwin eefje eelco eline elisabeth elise elja ellen elly els elsbeth elske emiel emine
    emma emmy eric erica erik erika erna ernst erwin esmee esra esther eva evelien evelyn evert ewa fabian fadila
    farid fatih fatima fatma fatouma femke ferdinand ferry fleur floor floris frank frans fred frederik freek
    frits froukje gabriel geert geertje gemma geoffrey george gerard gerben gerda gerrie gerrit gert gertjan
    gerwin gijs gina guido guus hajar hamza han hanna hanneke hannie hans harm harmen harrie harry hasan hassan
    heidi hein helen helena helga hendrik hendrika henk henny henriette herman hester hicham hilda hilde houda
    hugo huub ibrahim ida iman inge ingeborg ingrid irene iris irma isa isabel ismail ivo jaap jacco jack jacob
    jacqueline jamal jan jana janet janine janna janneke jannie jans jasper jean jeanette jeanine jelle jenny
    jeroen jessica jet jetske jim joanna job jochem joep johan johanna johannes john joke jolanda jolien jonas
    jong-un jony joop joost jordy jorien joris jose josef joyce judith jules julia julian jurgen jurriaan karel
    karen karim karin karlijn karolien kees kelly kenza khadija khalid kim kirsten klaas klaasje koen koos krista
    kristel laila lambert lana lars laura laurens leen leila lena lenie lennart leo leon leonie leontien lex lia
    lianne lidia lidwien lieke lies liesbeth lilian linda linde lisa lise lisette loes lotte louis louisa louise
    luc lucas lucia luuk lydia maaike maarten machteld madelon mahmoud maikel malika manon marc marcel marco
    mareike margot margreet margriet maria marianne marie marieke mariette marij marije marijke marijn marina
    marinus mario marion mariska marit marja marjan marjolein marjon mark marleen marlies marloes marlon marlou
    martha martijn martin martine maurits max mehdi mehmet meike melanie melissa menno merel merijn meryem michael
    michel michelle michiel mieke miep mike milan milou mina mirella miriam mirjam mirthe mohamed mohammed moniek
    monique moos mounir mourad mustafa myrthe nabil nadia nadine naima nancy naomi natalie natasja nathalie nel
    nele nick nicolaas nicole niek niels nienke nina noa noah noor nora nour olaf olga olivier omar oscar osman
    otto patricia patrick paul paula pauline peggy perry peter petra philip pien pieter pim pleun quinten rachel
    rachid rachida ralf ralph ramon rana raymond rebecca reinier reinoud rembrandt remco renate rene renee renske
    ria rianne richard rick rieke rien rik rita rob robbert robert robin roderik roel roelof roger rogier roland
    rolf romy ron ronald rosa rosalie roy ruben rudi rudolf ruth ruud sabine safia said salim salma samir samira
    samuel sander sandra sanne sara sarah saskia sebastiaan selma serkan sevim shirley sibel siebe siem simon
    simone sjaak sjoerd sjors sofie soraya soufiane stan stefan stefanie stein stephan steven stijn suzanne sven
    sylvia tamara tanja tara teun theo theodoor theresa thijs thomas tijmen tim timo tineke tjeerd tjitske tom
    toon trudy truus twan ursula valerie vera verena veronica victor vincent vivian walter wanda ward wendy wesley
    wessel wiebe wietse wil wilco wilfred wilhelmina willeke willem wilma wim wouter xander yara yasin yasmina
    yassine youssef yvette yvonne zeynep zohra
""")
"""Given names that are met often in the Netherlands; "jan" is one, "januari" is not."""

PREFIXES = _words(
    "van de der den ten ter te het 't t von zu el al bin ben ibn di da dos du la le los op in aan uit"
)
"""Words between a given name and a surname ("tussenvoegsels")."""

FORMS_OF_ADDRESS = (
    r"de heer", r"dhr", r"hr", r"meneer", r"mevrouw", r"mevr", r"mw", r"mej", r"mr", r"drs", r"dr", r"prof",
    r"ir", r"ing", r"bc", r"ds", r"mrs", r"ms", r"jhr", r"jkvr",
)  # fmt: skip
"""What stands before a name in writing; the full stop is optional."""

JOBS = (
    "adviseur", "afdelingshoofd", "ambtenaar", "assistent", "beleidsadviseur", "beleidsmedewerker",
    "beleidsmaker", "bestuursadviseur", "bewindspersoon", "burgemeester", "clustermanager", "collega",
    "contactpersoon", "coordinator", "directeur", "directeur-generaal", "dossierhouder", "gedeputeerde",
    "griffier", "hoofd", "jurist", "kabinetschef", "korpschef", "manager", "medewerker", "medewerkster",
    "minister", "onderzoeker", "ondertekenaar", "plaatsvervanger", "plv", "portefeuillehouder",
    "programmadirecteur", "programmamanager", "projectleider", "regiehouder", "regievoerder", "raadsadviseur",
    "secretaris", "secretaris-generaal", "secretaresse", "senior", "staatssecretaris", "steller", "teamleider",
    "voorlichter", "voorzitter", "wethouder", "woordvoerder",
)  # fmt: skip
"""Job titles after which a name may stand."""

CLOSINGS = (
    "met vriendelijke groet", "met vriendelijke groeten", "hartelijke groet", "vriendelijke groet", "groet",
    "groeten", "hoogachtend", "namens deze", "w.g", "was getekend", "getekend", "ondertekend", "voor akkoord",
    "voor deze",
)  # fmt: skip
"""Lines after which somebody signs."""

LABELS = (
    "auteur", "auteurs", "opgesteld door", "opsteller", "steller", "geschreven door", "behandeld door",
    "behandelaar", "contactpersoon", "contact", "paraaf", "parafen", "medeparaaf", "meegelezen door",
    "gelezen door", "akkoord door", "van", "aan", "cc", "kopie aan", "t.a.v", "ter attentie van", "telefoon",
    "tel", "mobiel", "e-mail", "mail", "doorkiesnummer", "toestel", "bijgewerkt door", "laatst gewijzigd door",
    "gebruikersnaam", "personeelsnummer",
)  # fmt: skip
"""What stands before a colon at the start of a line, with somebody or a number of somebody behind it."""

NOT_NAMES = _words("""
    aan aanbeveling aanbevelingen aangenomen aanleiding achter actie advies adviesraad aedes afdeling akkoord
    algemeen algemene alle als ambtenaren antwoord april art artikel asielzoekers augustus azc azcs beide beleid
    beleidslab beleidsreactie beleidsterrein beslisnota besluit bestuur bestuurlijke bied bij bijlage binnen
    binnenlands binnenlandse blijf brief brieven bronnen bruto buiten bureau bzk cbs coa commissaris commissie
    communicatie companen concept daar daarnaast daarom dag dat datum de december deel deze die dienst dinsdag
    directie dit donderdag door dossier dus een eenheid eens eenthuis eerste en er europa europese expertteam
    februari figuur financieel financiele financien flexwonen flexwoningen geadviseerd gedeputeerde gedeputeerden
    geen gemeente gemeenten gemeentewet gezinssamenstelling grondwet haag half halfjaar het hier hoofdstuk houd
    huis huisvesting huisvestingswet ieder iedere immigratie implementatie in ind informatie inspectie
    interprovinciaal investeer inwoners ipo ja jaar januari jenv juli juni juridische justitie kabinet kamer
    kamerbrief kamerstuk kamerstukken kantoor kernpunten kies koning koningin koninkrijksrelaties krachtenveld
    landelijk landelijke maandag maar maart media mei men met migratie minister ministerie ministerraad monitor na
    naar naast nationale nederland nederlands nederlandse netto niet nieuwe nog noord nos nota november nr nu
    oktober om onder onderwerp onderzoek ons ook oost op open opvang over overheden overheid overleg parlement per
    personeel plan politieke prognose prognoses provincie provincies raad rapport reactie regeling regelingen
    regio reik rekenkamer rijk rijksoverheid samen samenvatting september sociale sommige staat staatscourant
    stand stap staten statenfractie status statushouder statushouders strategie taakstelling tabel taskforce te
    tegen ten terug tevens thuis tijdens toch toegezegd toelichting toen toezegging toezicht tot tvs tweede uit
    uitvoering urgentie uw vaak van vanaf veiligheid veiligheidsberaad verblijfsdocumenten verdeelsleutel
    verdeling verder vereniging vergunninghouders verlaag versie vertel verzoek vluchtelingenwerk vng voer
    volgende volgens volkshuisvesting voor vooral voorts vraag vrijdag waar wanneer wat week weekblad welke wet
    wethouder wetsvoorstel wie wij woensdag wonen woning woningcorporaties woningen woo zaterdag ze zie zij zo
    zondag zuid
""")
"""Words that begin with a capital and are no name of anybody: of organisations, papers and months, or first words."""

ABBREVIATIONS = _words("b.v n.v u.s v.s e.g a.u.b d.d i.v.m m.b.t t.b.v o.a z.o.z b.z.k j.e.n.v")
"""Letters with full stops that are no initials."""
