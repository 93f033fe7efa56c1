"""A meeting of an invented board, as its papers print it."""

from __future__ import annotations

from document_templates.examples.writing import written
from paragraf.meetings.document_fields import (
    AgendaLine,
    CalledPerson,
    CommissionLine,
    ConditionLine,
    ContentsLine,
    NoticeFields,
)
from paragraf.minutes.document_fields import (
    AttachmentLine,
    BoardLine,
    ExtractFields,
    GrantYearLine,
    ItemFields,
    MinutesFields,
    NoticeCertificateFields,
    PersonLine,
    SignerLine,
)

ASSOCIATION = "Samordningsförbundet Norrsund"
ADDRESS = "Storgatan 4, 930 15 Lindå"
_PLACE = "Kommunhuset i Lindå, rum Björken"
_MATTER = "2026/22"

NOTICE = NoticeFields(
    association=ASSOCIATION,
    association_address=ADDRESS,
    body="Styrelsen",
    meeting_date="torsdag 10 september 2026",
    meeting_time="kl. 09.00–13.30",
    place=_PLACE,
    mode="På plats, med möjlighet att delta på distans",
    sent_on="27 augusti 2026",
    members=(
        CalledPerson("Disa Almqvist", "ordförande", "Lindå kommun"),
        CalledPerson("Ivar Palm", "vice ordförande", "Region Norrsund"),
        CalledPerson("Maj Ek", "ledamot", "Arbetsförmedlingen"),
        CalledPerson("Anton Strand", "ledamot", "Försäkringskassan"),
        CalledPerson("Siv Hallin", "ledamot", "Sörby kommun"),
    ),
    substitutes=(
        CalledPerson("Ola Brandt", "ersättare", "Region Norrsund"),
        CalledPerson("Karin Vik", "ersättare", "Sörby kommun"),
    ),
    others=(CalledPerson("Eskil Norberg", "förbundschef"), CalledPerson("Tove Sundin", "sekreterare")),
    items=(
        AgendaLine(
            "1",
            "Val av justerare",
            "Beslutsärende",
            proposal_phrase="Styrelsen föreslås besluta",
            proposal=("att utse Maj Ek att jämte ordföranden justera protokollet.",),
        ),
        AgendaLine(
            "2",
            "Ekonomisk rapport för januari–juli",
            "Rapport",
            "2026/3",
            background=written(
                "Utfallet till och med juli är 3 412 000 kr av årets budget på 6 180 000 kr. Prognosen för helåret är "
                "ett överskott på 164 000 kr, som främst beror på att en tjänst varit vakant under våren.",
            ),
            proposal_phrase="Styrelsen föreslås besluta",
            proposal=("att godkänna rapporten.",),
            attachments=("Bilaga 1. Ekonomisk rapport juli 2026",),
        ),
        AgendaLine(
            "3",
            "Ansökan om medel till Stegvis",
            "Beslutsärende",
            "2026/14",
            background=written(
                "Lindå kommun söker tillsammans med Region Norrsund 410 000 kr för åren 2026–2027 till insatsen "
                "Stegvis, som vänder sig till unga vuxna som varken arbetar eller studerar.",
                "Beredningsgruppen tillstyrker ansökan. Insatsen svarar mot ett behov i årets behovsanalys.",
            ),
            proposal_phrase="Styrelsen föreslås besluta",
            proposal=(
                "att bevilja Lindå kommun 410 000 kr för åren 2026–2027, varav 120 000 kr för 2026 och 290 000 kr för "
                "2027,",
                "att bidraget betalas ut när även Region Norrsund har beslutat om sin del.",
            ),
            attachments=("Bilaga 2. Ansökan 2026/14", "Bilaga 3. Beredningsgruppens yttrande"),
        ),
    ),
    information=(
        AgendaLine(
            "4",
            "Förbundschefens information",
            "Informationsärende",
            background=written(
                "Läget i teamen i Lindå och Sörby, höstens utbildningar och dialogen med medlemmarna.",
            ),
        ),
    ),
    other_questions=("Sammanträdesdagar under våren 2027", "Anmälan till höstens konferens"),
    sender_name="Tove Sundin",
    sender_title="sekreterare",
    contact="kansli@norrsund.example, 0910-555 01 00",
    register_number=_MATTER,
    contents=(
        ContentsLine("1", "Val av justerare", "Beslutsärende"),
        ContentsLine("2", "Ekonomisk rapport för januari–juli", "Rapport", "1"),
        ContentsLine("3", "Ansökan om medel till Stegvis", "Beslutsärende", "2, 3"),
        ContentsLine("4", "Förbundschefens information", "Informationsärende"),
        ContentsLine("5", "Sammanträdesdagar under våren 2027", "Övrig fråga"),
        ContentsLine("6", "Anmälan till höstens konferens", "Övrig fråga"),
    ),
    attachments=(
        "Bilaga 1. Ekonomisk rapport juli 2026",
        "Bilaga 2. Ansökan 2026/14",
        "Bilaga 3. Beredningsgruppens yttrande",
    ),
    commissions=(
        CommissionLine(
            "redovisa hur väntetiderna till teamen har utvecklats (Styrelsen 2026-06-11 § 618)",
            "Eskil Norberg",
            "1 september 2026",
            "Försenad sedan 9 dagar",
        ),
    ),
    conditions=(
        ConditionLine(
            "Region Norrsund beslutar om sin del av finansieringen",
            "2026/9 Ansökan om medel till Vändpunkten",
            "11 juni 2026",
        ),
    ),
)

_DECIDING = (
    PersonLine("Disa Almqvist", "ordförande", "Lindå kommun"),
    PersonLine("Ola Brandt", "tjänstgörande ersättare", "Region Norrsund", "i stället för Ivar Palm"),
    PersonLine("Maj Ek", "ledamot", "Arbetsförmedlingen"),
    PersonLine("Anton Strand", "ledamot", "Försäkringskassan", "från kl. 09.40, §§ 628–632"),
    PersonLine("Siv Hallin", "ledamot", "Sörby kommun"),
)
_OTHERS = (
    PersonLine("Eskil Norberg", "förbundschef", ""),
    PersonLine("Tove Sundin", "sekreterare", ""),
)
_GRANT = ItemFields(
    "§ 629",
    "Ansökan om medel till Stegvis",
    "2026/14",
    background=written(
        "Lindå kommun söker tillsammans med Region Norrsund 410 000 kr för åren 2026–2027 till insatsen Stegvis, som "
        "vänder sig till unga vuxna som varken arbetar eller studerar. Styrelsen behandlade ansökan första gången den "
        "12 mars och begärde då en tydligare budget, som kom in den 3 augusti.",
        "Beredningsgruppen tillstyrker ansökan. Insatsen svarar mot ett behov i årets behovsanalys.",
    ),
    disqualified=("Siv Hallin anmäler jäv och deltar varken i beredningen eller i beslutet.",),
    phrase="Styrelsen beslutar",
    clauses=(
        "att bevilja Lindå kommun 410 000 kr för åren 2026–2027 till insatsen Stegvis,",
        "att uppdra till förbundschefen att följa upp insatsen tillsammans med styrgruppen och rapportera till "
        "styrelsen efter varje tertial.",
    ),
    grant_years=(GrantYearLine("2026", "120 000 kr"), GrantYearLine("2027", "290 000 kr")),
    grant_total="410 000 kr",
    conditions=(
        "Bidraget betalas ut när även Region Norrsund har beslutat om sin del.",
        "Medel som inte använts den 31 december 2027 betalas tillbaka.",
    ),
    notes=("Reservation: Anton Strand reserverar sig mot beslutet.",),
    attachments=(AttachmentLine("Bilaga 2", "Ansökan med budget"),),
)
MINUTES = MinutesFields(
    association=ASSOCIATION,
    association_address=ADDRESS,
    body="Styrelsen",
    meeting_date="10 september 2026",
    place_and_time=f"{_PLACE}, kl. 09.00–13.30",
    item_range="§§ 626–632",
    deciding=_DECIDING,
    non_serving=(PersonLine("Karin Vik", "ersättare", "Sörby kommun"),),
    others=_OTHERS,
    verifiers=("Maj Ek",),
    verification="Elektroniskt, senast den 24 september 2026",
    signers=(
        SignerLine("Disa Almqvist", "ordförande"),
        SignerLine("Maj Ek", "justerare"),
        SignerLine("Tove Sundin", "sekreterare"),
    ),
    items=(
        ItemFields(
            "§ 626",
            "Val av justerare",
            phrase="Styrelsen beslutar",
            clauses=("att utse Maj Ek att jämte ordföranden justera protokollet.",),
        ),
        ItemFields(
            "§ 627",
            "Dagordning",
            phrase="Styrelsen beslutar",
            clauses=("att godkänna dagordningen.",),
        ),
        ItemFields(
            "§ 628",
            "Ekonomisk rapport för januari–juli",
            "2026/3",
            background=written(
                "Utfallet till och med juli är 3 412 000 kr av årets budget på 6 180 000 kr. Prognosen för helåret är "
                "ett överskott på 164 000 kr, som främst beror på att en tjänst varit vakant under våren.",
            ),
            phrase="Styrelsen beslutar",
            clauses=("att godkänna rapporten.",),
            attachments=(AttachmentLine("Bilaga 1", "Ekonomisk rapport juli 2026"),),
        ),
        _GRANT,
        ItemFields(
            "§ 630",
            "Samverkan i Sörby",
            "2026/19",
            background=written(
                "Parterna i Sörby har prövat ett gemensamt mottagande under ett år. Erfarenheterna är goda, men "
                "lokalen räcker inte och hyresavtalet går ut i december.",
            ),
            phrase="Styrelsen beslutar",
            clauses=("att återremittera ärendet till beredningsgruppen för en beräkning av kostnaden för ny lokal.",),
        ),
        ItemFields(
            "§ 631",
            "Förbundschefens information",
            background=written(
                "Förbundschefen informerar om läget i teamen, höstens utbildningar och dialogen med medlemmarna.",
            ),
        ),
        ItemFields(
            "§ 632",
            "Sammanträdesdagar våren 2027",
            background=written(
                "Kansliet föreslår fyra sammanträden, alla torsdagar kl. 09.00.",
            ),
            phrase="Styrelsen beslutar",
            clauses=("att sammanträda den 4 februari, 18 mars, 29 april och 10 juni 2027.",),
        ),
    ),
    register_number=_MATTER,
)
CERTIFICATE = NoticeCertificateFields(
    association=ASSOCIATION,
    body="Styrelsen",
    meeting_date="10 september 2026",
    item_range="§§ 626–632",
    posted_on="21 september 2026",
    last_day_of_appeal="12 oktober 2026",
    earliest_take_down="13 oktober 2026",
    kept_at="Förbundets kansli, Storgatan 4 i Lindå",
    boards=(
        BoardLine("Lindå kommun", "21 september 2026"),
        BoardLine("Sörby kommun", "21 september 2026"),
        BoardLine("Region Norrsund", "21 september 2026"),
    ),
    signer_name="Alva Berg",
    signer_title="administratör",
    register_number=_MATTER,
)
EXTRACT = ExtractFields(
    association=ASSOCIATION,
    association_address=ADDRESS,
    body="Styrelsen",
    meeting_date="10 september 2026",
    place_and_time=f"{_PLACE}, kl. 09.00–13.30",
    deciding=_DECIDING[:-1],
    others=_OTHERS,
    verified="21 september 2026 av Disa Almqvist och Maj Ek",
    item=_GRANT,
    certifier_name="Tove Sundin",
    certifier_title="sekreterare",
    certified_on="22 september 2026",
)
