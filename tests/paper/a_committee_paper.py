"""A paper of three pages with every block there is, as a committee might get it; all of it is made up."""

from recreg.paper.document import (
    Bars,
    Bullets,
    Document,
    Heading,
    NewPage,
    Pairs,
    Paragraph,
    Table,
    Verbatim,
)

RAG = Bars(
    "Open items by RAG, at each of the last five papers",
    ("Red", "Amber", "Green", "Unrated"),
    (
        ("29 September 2022", (3, 24, 31, 3)),
        ("30 June 2022", (8, 41, 62, 11)),
        ("31 March 2022", (10, 38, 55, 14)),
        ("16 December 2021", (11, 30, 51, 15)),
        ("30 September 2021", (12, 29, 40, 0)),
    ),
    "Open items fell from 122 in June to 61 in September 2022; three are red, eight were.",
)
AGE = Bars(
    "How long ago what is open was published",
    ("Recommendations", "Areas for improvement", "Causes of concern"),
    (
        ("Under six months", (12, 3, 0)),
        ("Six months to a year", (20, 6, 0)),
        ("One to two years", (10, 4, 0)),
        ("More than three years, as is all that stands under a cause of concern", (3, 1, 2)),
    ),
    "32 of the 45 recommendations are under a year old; both causes of concern are older than three years.",
)
SENTENCE = (
    "Since the last Joint Audit Committee there has been the sign off of 61 recommendations and further evidence "
    "gathering towards the remaining 45 recommendations, 14 areas for improvement and two causes of concern."
)
MOVEMENTS = Table(
    ("Movement", "Recommendations", "Areas for improvement", "Causes of concern", "All"),
    (
        ("Open before, 30 June 2022", "98", "19", "5", "122"),
        ("New", "5", "0", "0", "5"),
        ("Reopened", "1", "0", "0", "1"),
        ("Signed off by HMICFRS", "−61", "−4", "−3", "−68"),
        ("Otherwise closed by HMICFRS", "0", "0", "0", "0"),
        ("Closed by the force", "−1", "0", "0", "−1"),
        ("Corrections", "3", "−1", "0", "2"),
        ("Open now, 29 September 2022", "45", "14", "2", "61"),
    ),
    frozenset({1, 2, 3, 4}),
)
CAUSES = Table(
    ("Cause and recommendations", "HMICFRS", "RAG", "Position"),
    (
        ("Crimes against older people", "", "Amber", "Two of two recommendations open"),
        ("Victim needs assessments are always completed", "10618", "Red", "With the owner; target moved twice"),
        ("Safeguarding referrals are always made where appropriate", "9962", "Amber", "Evidence shared 12 September"),
        ("Stalking and harassment", "", "Amber", "One of one recommendations open"),
        ("Breaches of orders are treated as evidence of a wider pattern", "9472", "Green", "With HMICFRS for 41 days"),
    ),
)
WORDS = (
    "Within six months, chief constables should:\n\n"
    "•  make sure that victim needs assessments are always completed;\n"
    "•  write, via the NPCC, explaining how they will:\n"
    "     o   monitor them;\n"
    "     o   supervise them <in every case> & “record” it."
)
PAPER = Document(
    "HMICFRS update",
    "OFFICIAL",
    (
        Heading(1, "HMICFRS update: Joint Audit Committee, 29 September 2022"),
        Paragraph("To provide members of the Committee with oversight of HMICFRS inspection activity and recommendations."),
        Heading(2, "The force’s position"),
        Paragraph(SENTENCE),
        MOVEMENTS,
        Heading(2, "Causes of concern"),
        CAUSES,
        Heading(2, "Rated red"),
        Pairs((("R-0002 · HMICFRS 10618", "The form is not yet in the custody system; go-live slipped to 30 November."),
               ("R-0031 · HMICFRS 11002", "No owner since the restructuring of July."))),
        Heading(2, "The committee is asked to"),
        Bullets(("note the force’s position;", "note what slipped, and why;", "say which causes it wants to hear of in December.")),
        NewPage(),
        Heading(2, "Annex A: in pictures"),
        RAG,
        AGE,
        NewPage(),
        Heading(2, "Annex B: reports published since"),
        Heading(3, "Crimes against older people"),
        Paragraph("Published on 17 July 2019. What follows is the report’s own wording."),
        Verbatim(WORDS),
        Heading(3, "What slipped"),
        Table(
            ("Ref", "Title", "Original target", "Target", "Moved", "Why"),
            tuple((f"R-{number:04}", "Safeguarding referrals are always made", "17 January 2020", "30 November 2022",
                   str(number % 4 + 1), "Waiting on the supplier of the custody system") for number in range(1, 41)),
            frozenset({4}),
        ),
        Paragraph("The register’s log stood at changeset 412, SHA-256 "
                  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08."),
    ),
)  # fmt: skip
