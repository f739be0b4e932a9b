"""How a sheet is filled in, as its second page says it: by a board, or by an owner who was written to."""

FOR_BOARDS = (
    ("Who fills it in", "Whoever takes the board's minutes, a row for each item that was spoken of."),
    ("What to fill in", "The four columns on the right. All else is locked; a row can be made taller."),
    ("Outcome", "What the three-month review came to. Choose from the list. It needs a position."),
    ("Position", "Where the item stands and what was decided, in your own words. Alone it is kept as a note."),
    ("RAG", "Another rating, where the board gives one. Choose from the list. It needs a why."),
    ("Why", "The reason of that rating."),
    ("Rows left empty", "Nothing is recorded of them, and nothing is lost."),
    ("Nothing else", "Keep the heading row, use no formulas, merge no cells, and keep it an Excel workbook (.xlsx)."),
    ("Then", "Send the sheet back to the liaison officer, who takes it into the register."),
    ("on track", "The item goes as planned."),
    ("support needed", "The owner needs help; the liaison officer meets them."),
    ("escalate", "The board takes it to the next one up."),
    ("propose closure", "The board holds it done; HMICFRS decides."),
)  # fmt: skip

#: An owner claims; what is made of it is decided elsewhere, and the page says so.
FOR_OWNERS = (
    ("Who fills it in", "You, the owner of these items: a row for each of them."),
    ("What to fill in", "The four columns on the right. All else is locked; a row can be made taller."),
    ("Position", "Where the item stands, in your own words. It is kept as a note that says it is yours."),
    ("Outcome", "What you hold the item to have come to. Choose from the list. It needs a position."),
    ("RAG", "The rating that you would give it. Choose from the list. It needs a why."),
    ("Why", "The reason of that rating."),
    ("What you claim", "An outcome or a rating given here is kept as your claim. It rates, reviews, closes nothing."),
    ("Evidence", "Send the files along with your reply, or say under Position where they are kept."),
    ("Rows left empty", "Nothing is recorded of them, and you will be asked again."),
    ("Nothing else", "Keep the heading row, use no formulas, merge no cells, and keep it an Excel workbook (.xlsx)."),
    ("Then", "Send the sheet back to the liaison officer, attached to your reply."),
    ("on track", "The item goes as planned."),
    ("support needed", "You need help; the liaison officer meets you."),
    ("escalate", "It needs a decision above you."),
    ("propose closure", "You hold it done, and have the evidence; HMICFRS decides."),
)  # fmt: skip
