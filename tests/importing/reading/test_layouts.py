"""Minutes in the layouts that offices use, in the formats that they come in. All of them are invented."""

from __future__ import annotations

from datetime import date, time

from paragraf.importing.reading.understanding import read_minutes
from tests.importing.files import numbered_word, pdf, word

MARKDOWN = """\
Målgruppen är personer mellan 18 och 29 år.

#### Samordningsförbundet föreslås besluta:

att

#### **4. Finansiering av Brobygget under 2013**

Lön 410 000

Totalt 455 000 kr

#### Samordningsförbundet föreslås besluta:

att bevilja 455 000 kr

## **Informationsärenden**

Rapport från konferensen *Vägar till arbete*, se [länk](http://example.org/a_b)

**Plats och tid** Kansliet, Ågatan 3, kl. 13.00 – 15.30.

**Beslutande**

**Övriga deltagande**

Astrid Fors, ordförande
Börje Holmgren, vice ordförande
Cecilia Nyman, ersättare fr. 14.10

Disa Wik,
Samordningsförbundet

**Utses att justera**

**Paragrafer 211-216**

**Underskrifter**

.....
/Astrid Fors, ordf./

.....
/Disa Wik, sekreterare/

.....
/Börje Holmgren, protokolljusterare/

---

**BEVIS OM ANSLAG**

**Sammanträdesdatum**
2012-11-08

**Anslaget har satts upp**
2012-

**Underskrift**

.....
Elsa Lund

---

**Utdragsbestyrkande**

§ 211

### **Godkännande av dagordning**

Samordningsförbundet beslutar

att godkänna dagordningen.

§ 212

### **Val av justerare.**

Samordningsförbundet beslutar

att utse

§ 213

### **Ekonomisk rapport per 2012-10-31. Se bilaga.**

Resultatet uppgår till 1 204 500 kronor. Enligt § 12 i avtalet ska rapporten lämnas varje tertial, se § 208.

Samordningsförbundet beslutar:

att godkänna rapporten.

§ 214

**Ansökan från Lindens folkhögskola; ”Steget”.** Se bilaga

Styrelsen beslutade i juni att uppdra till förbundschef att återkomma med förslag.

Folkhögskolan söker 300 000 kronor.

Samordningsförbundets beslutar:

att bevilja Lindens folkhögskola 300 000 kronor under perioden 2013-01-01 – 2013-12-31.

att medfinansieringen sker under förutsättning av att kommunen beviljar sin del

§ 215

### **Informationsärenden**

Landstingsfullmäktiges beslut om ansvarsfrihet för 2011. Se bilaga.

Coachutbildning planeras.

Utdragsbestyrkande

§ 216

## Övriga frågor

**Flyttning av möte den 4 december.**

Samordningsförbundet beslutar:

att mötet den 4 december ställs in samt att ett kortare möte hålls den 11 december.

**Anmälan till nätverksdag 24-25 januari 2013.**Samordningsförbundet beslutar:

att inbjudan skickas till styrelsen.

Fyll i nedanstående ansökan. Ifylld ansökan skickas i två kopior.

<b>Uppgifter om sökande organisation (stödmottagare)</b>
Organisationens namn <b>Vuxenskolan i Å</b>	Enhet/arbetsställe
Firmatecknare/Chef <b>Gun Ek</b>	Organisationsnummer <b>212000-0000</b>
Plusgiro	Bankgiro

## **Syfte**

Skapa en bild av behovet. Samordningsförbundet beslutar själv om fortsättningen.

## **Mål**

Fler i arbete.
"""


def test_markdown_with_agenda_before_and_form_after() -> None:
    read = read_minutes(MARKDOWN.encode())
    (minutes,) = read.minutes
    assert minutes.numbers == [211, 212, 213, 214, 215, 216]
    assert [len(item.clauses) for item in minutes.items] == [1, 1, 1, 2, 0, 2]
    assert [item.heading for item in minutes.items] == [
        "Godkännande av dagordning",
        "Val av justerare",
        "Ekonomisk rapport per 2012-10-31",
        "Ansökan från Lindens folkhögskola; ”Steget”",
        "Informationsärenden",
        "Övriga frågor",
    ]
    assert [amount.ore for amount in minutes.items[2].amounts] == [120_450_000]
    assert minutes.items[5].clauses[0].matter == "Flyttning av möte den 4 december."
    assert minutes.items[5].clauses[1].matter == "Anmälan till nätverksdag 24-25 januari 2013."
    assert "Organisationsnummer" not in minutes.items[5].text
    assert (minutes.front.day, minutes.front.starts, minutes.front.ends) == (
        date(2012, 11, 8),
        time(13, 0),
        time(15, 30),
    )
    assert minutes.front.named("chair") == "Astrid Fors"
    assert minutes.front.named("secretary") == "Disa Wik"
    assert minutes.front.verifiers() == ("Börje Holmgren",)
    assert [str(doubt.problem) for doubt in minutes.doubts] == ["Rad 82: att-satsen nämner ingen."]
    assert [each.why for each in read.unplaced] == [
        "text före protokollets första paragraf",
        "ett formulär eller en ansökan",
    ]


def test_word_with_headings_and_bullets() -> None:
    content = word(
        ("h1", "Protokoll"),
        "Sammanträdesdatum: 12 mars 2019",
        "Plats och tid: Rådhuset, sal B, kl. 09.30–12.00",
        "Beslutande: Rut Sand, ordförande",
        "Paragrafer 41–43",
        ("h2", "§ 41 Mötets öppnande"),
        "Ordföranden öppnar mötet.",
        ("h2", "§ 42 Budget 2019"),
        "Budgeten omfattar 4,5 mkr.",
        "Styrelsen beslutar",
        ("•", "att fastställa budgeten,"),
        ("•", "att fördela medlen enligt följande:"),
        ("•", "1 200 tkr till Bron samt"),
        ("•", "att uppdra åt förbundschefen att återkomma i juni."),
        ("h2", "§ 43 Avslutning"),
        "Vid protokollet",
        "Ulla Berg",
    )
    (minutes,) = read_minutes(content).minutes
    assert minutes.numbers == [41, 42, 43]
    assert [clause.text for clause in minutes.items[1].clauses] == [
        "att fastställa budgeten",
        "att fördela medlen enligt följande: – 1 200 tkr till Bron samt",
        "att uppdra åt förbundschefen att återkomma i juni.",
    ]
    assert minutes.items[2].text == ""
    assert (minutes.front.day, minutes.front.named("secretary")) == (date(2019, 3, 12), "Ulla Berg")


def test_word_with_the_number_in_a_table_and_the_decision_first() -> None:
    rows = [["§ 12", "Dnr 2018/31"], ["§ 13", "SF 2018/44"]]
    content = word(
        [["Plats och tid", "Medborgarhuset, kl. 10.00-11.15"], ["Beslutande", "Einar Qvist, ordförande"]],
        rows[:1],
        ("b", "Årsredovisning 2017"),
        ("b", "Beslut"),
        "Styrelsen beslutar",
        "1. att godkänna årsredovisningen",
        "2. att överlämna den till medlemmarna",
        ("b", "Sammanfattning av ärendet"),
        "Årsredovisningen visar ett överskott om 310 000 kr. Styrelsen beslutar varje år om den.",
        ("b", "Beslutsunderlag"),
        "Årsredovisning 2017",
        ("b", "Beslutet skickas till"),
        "Revisorerna",
        rows[1:],
        ("b", "Verksamhetsbesök"),
        ("b", "Förslag till beslut"),
        "att avstå från besök",
        ("b", "Beslut"),
        "Styrelsen godkänner informationen.",
        header="Sammanträdesprotokoll 2018-02-22",
    )
    (minutes,) = read_minutes(content).minutes
    assert [(item.number, item.heading, len(item.clauses)) for item in minutes.items] == [
        (12, "Årsredovisning 2017", 2),
        (13, "Verksamhetsbesök", 1),
    ]
    assert minutes.items[0].register_number == "Dnr 2018/31"
    assert minutes.items[1].clauses[0].text == "Styrelsen godkänner informationen."
    assert minutes.front.day == date(2018, 2, 22)


def test_paragraphs_that_word_numbers_by_itself() -> None:
    content = numbered_word(
        57, [("Val av justerare", ["Styrelsen beslutar att utse Knut Dahl till justerare."]), ("Övrigt", [])]
    )
    (minutes,) = read_minutes(content, "protokoll 160419.docx").minutes
    assert [(item.number, item.heading, len(item.clauses)) for item in minutes.items] == [
        (57, "Val av justerare", 1),
        (58, "Övrigt", 0),
    ]
    assert minutes.front.day == date(2016, 4, 19)
    assert "läst ur filens namn" in str(minutes.doubts[0].problem)


HEADER = ["Samordningsförbundet Älvbygden", "SAMMANTRÄDESPROTOKOLL   Sammanträdesdatum 2017-05-04   Sida {} (2)", ""]
FOOTER = ["", "Justerandes sign ______   Utdragsbestyrkande ______"]


def _page(number: int, *lines: str) -> list[str]:
    return [*(each.format(number) for each in HEADER), *lines, *FOOTER]


def test_pdf_whose_pages_part_a_clause() -> None:
    content = pdf(
        _page(
            1,
            "Plats och tid: Stadshuset kl 08.30-10.00",
            "Närvarande: Hedda Mo, ordförande",
            "",
            "*§ 7",
            "*Medfinansiering av Språnget",
            "Föreningen har sökt medel för att pröva en ny väg in i arbete tillsammans",
            "med kommunens arbetsmarknadsenhet och med folkhögskolan i närheten. Enligt",
            "§ 4 i stadgarna ska bidraget redovisas. Det belopp som söks är 90 000 kr.",
            "",
            "Styrelsen beslutar",
            "att bevilja föreningen Språnget 90 000 kr för år 2017 och att det utbetalas",
        ),
        _page(
            2,
            "sedan redovisningen av det förra bidraget har kommit in till samordnings-",
            "förbundet.",
            "att uppdra till ordföranden att underrätta föreningen.",
            "",
            "*§ 8",
            "*Mötet avslutas",
            "Ordföranden tackar och avslutar mötet.",
        ),
    )
    read = read_minutes(content)
    (minutes,) = read.minutes
    assert [(item.number, item.heading) for item in minutes.items] == [
        (7, "Medfinansiering av Språnget"),
        (8, "Mötet avslutas"),
    ]
    assert [clause.text for clause in minutes.items[0].clauses] == [
        "att bevilja föreningen Språnget 90 000 kr för år 2017 och att det utbetalas sedan redovisningen av det förra "
        "bidraget har kommit in till samordningsförbundet.",
        "att uppdra till ordföranden att underrätta föreningen.",
    ]
    assert "Enligt § 4 i stadgarna" in minutes.items[0].text
    assert (minutes.front.day, read.pages) == (date(2017, 5, 4), 2)


WRAPPED = """\
PROTOKOLL                                          Sid 1(1)

Mötesdatum: 2011-02-17
Plats och tid: Biblioteket, kl 15.00-16.20
Närvarande: Sigurd Palm (ordförande), Tyra Vik, Hans Lo

§ 3. Ansökan om stöd till kartläggning av unga som varken
arbetar eller studerar

Kommunen ansöker om 45 000 kr för en kartläggning som ska göras tillsam-
mans med skolan. Beredningsgruppen har tillstyrkt ansökan, jämför
§ 2 ovan, och ser den som angelägen. Tidigare avslogs en likadan ansökan
med hänvisning till 5 § i förbundsordningen.

Styrelsen beslutade att bevilja ansökan, att beloppet tas ur medlen för
utveckling samt att uppdra åt sekreteraren att meddela kommunen.

§ 4. Rapporter

Rapporterna lades till handlingarna.

Vid protokollet

Tyra Vik
"""


def test_wrapped_text_in_an_older_encoding() -> None:
    read = read_minutes(WRAPPED.encode("cp1252"))
    (minutes,) = read.minutes
    assert [(item.number, len(item.clauses)) for item in minutes.items] == [(3, 3), (4, 0)]
    assert minutes.items[0].heading == "Ansökan om stöd till kartläggning av unga som varken arbetar eller studerar"
    assert minutes.items[0].clauses[2].text == "att uppdra åt sekreteraren att meddela kommunen."
    assert "tillsammans med skolan" in minutes.items[0].text
    assert "Windows-1252" in str(read.doubts[0])


def test_numbers_by_year_on_one_line_with_all() -> None:
    text = (
        "Protokoll fört vid styrelsens möte den 3 oktober 2016\n\n"
        "§ 5/2016 Dagordning. Styrelsen beslutar att godkänna dagordningen.\n\n"
        "§ 6/2016 Remiss. Styrelsen beslutar enligt förslaget.\n\n"
        "§ 7/2016 Nästa möte. Nästa möte hålls den 1 december.\n"
    )
    (minutes,) = read_minutes(text.encode("utf-16")).minutes
    assert [(item.number, item.year, item.heading) for item in minutes.items] == [
        (5, 2016, "Dagordning"),
        (6, 2016, "Remiss"),
        (7, 2016, "Nästa möte. Nästa möte hålls den 1 december"),
    ]
    assert [[clause.text for clause in item.clauses] for item in minutes.items] == [
        ["att godkänna dagordningen."],
        ["enligt förslaget."],
        [],
    ]
    assert minutes.front.day == date(2016, 10, 3)


def _meeting(day: str, first: int) -> str:
    return (
        f"Protokoll\nPlats och tid: Kansliet {day}, kl. 9.00-11.00\nBeslutande: Alva Ro, ordförande\n"
        f"Paragrafer {first}-{first + 1}\n\nParagraf {first}\nÖppnande\n\nMötet öppnas.\n\n"
        f"Paragraf {first + 1}\nBokslut\n\nBESLUT\nBokslutet godkänns.\n\nJusteras:\n\nAlva Ro\n\n"
    )


def test_several_meetings_in_one_file() -> None:
    text = _meeting("2009-03-05", 90) + _meeting("2009-06-11", 92) + _meeting("2010-02-04", 1)
    read = read_minutes(text.encode())
    assert [one.numbers for one in read.minutes] == [[90, 91], [92, 93], [1, 2]]
    assert [one.front.day for one in read.minutes] == [date(2009, 3, 5), date(2009, 6, 11), date(2010, 2, 4)]
    assert [len(item.clauses) for item in read.items] == [0, 1] * 3


def test_a_list_of_contents_and_mentioned_paragraphs_are_no_paragraphs() -> None:
    text = (
        "Innehåll\n§ 30 Dagordning ........ 2\n§ 31 Lägesrapport ........ 2\n\n"
        "§ 30 Dagordning\n\nBeslut: Dagordningen godkänns.\n\n"
        "§ 31 Lägesrapport\n\nSe § 618 och §§ 12-14.\n\n"
        "§ 12 i avtalet gäller fortfarande.\n\n§ 2 Lagen om finansiell samordning\n\n"
        "Styrelsen beslutar\n\n- att notera rapporten\n"
    )
    read = read_minutes(text.encode())
    assert [(item.number, len(item.clauses)) for item in read.items] == [(30, 1), (31, 1)]


def test_an_agenda_with_paragraph_signs_before_the_minutes() -> None:
    agenda = (
        "Kallelse\n\n§ 8 Dagordning\n\nFörslag till beslut\natt godkänna den\n\n"
        "§ 9 Budget\n\nStyrelsen föreslås besluta\natt anta den\n\n"
    )
    read = read_minutes((agenda + _meeting("2014-04-03", 8)).encode())
    (minutes,) = read.minutes
    assert minutes.numbers == [8, 9]
    assert "en annan handling" in [each.why for each in read.unplaced]


def test_a_number_that_does_not_fit_is_taken_and_told() -> None:
    read = read_minutes(MARKDOWN.replace("§ 215", "§ 251").encode())
    (minutes,) = read.minutes
    assert minutes.numbers == [211, 212, 213, 214, 251, 216]
    told = [str(doubt.problem) for doubt in minutes.doubts]
    assert "§ 215 saknas." in told
    assert "§ 217–250 saknas." in told
    assert any("§ 216 kommer i fel ordning" in each for each in told)


def test_missing_and_doubled_numbers_are_told() -> None:
    text = MARKDOWN.replace("§ 213", "§ 212")
    (minutes,) = read_minutes(text.encode()).minutes
    assert minutes.numbers == [211, 212, 212, 214, 215, 216]
    told = [str(doubt.problem) for doubt in minutes.doubts]
    assert "§ 213 saknas." in told
    assert "Rad 84: § 212 står två gånger." in told
    (minutes,) = read_minutes(MARKDOWN.replace("211-216", "211-217").encode()).minutes
    assert "Rad 36: första sidan säger § 211–217, men paragraferna som hittades är § 211–216." in [
        str(doubt.problem) for doubt in minutes.doubts
    ]


def test_a_table_on_the_first_page_and_a_list_of_contents_in_word() -> None:
    content = word(
        "SAMMANTRÄDESPROTOKOLL",
        "2019-05-06",
        [
            ["Plats och tid", "Kommunhuset, rum 2\nKl. 13:15 – 15:40"],
            ["Beslutande", "Ledamöter\nIda Rask (S), ordförande\nPer Lo, Rut Mo"],
            ["Justeringens plats och tid", "Kansliet 2019-05-10"],
            ["Paragrafer", "23–24"],
        ],
        "Innehållsförteckning",
        "§ 23\tDagordning\t3",
        "§ 24\tDelårsrapport\t4",
        ("b", "§ 23"),
        ("b", "Dagordning"),
        ("b", "Beslut"),
        "Styrelsen beslutar att godkänna dagordningen med följande ändringar:",
        "- punkt 5 utgår",
        ("b", "§ 24  Delårsrapport (SF 2019/12)"),
        ("b", "Styrelsens beslut"),
        "Styrelsen beslutar",
        "att\tgodkänna rapporten, och",
        "att\tsända den till revisorerna.",
        ("b", "Reservation"),
        "Per Lo reserverar sig mot beslutet.",
    )
    (minutes,) = read_minutes(content).minutes
    assert minutes.front.day == date(2019, 5, 6)
    assert minutes.front.verified_on == date(2019, 5, 10)
    assert [one.name for one in minutes.front.persons] == ["Ida Rask", "Per Lo", "Rut Mo"]
    assert [(item.heading, item.register_number) for item in minutes.items] == [
        ("Dagordning", ""),
        ("Delårsrapport", "(SF 2019/12)"),
    ]
    assert [[clause.text for clause in item.clauses] for item in minutes.items] == [
        ["att godkänna dagordningen med följande ändringar: – punkt 5 utgår"],
        ["att godkänna rapporten", "att sända den till revisorerna."],
    ]
