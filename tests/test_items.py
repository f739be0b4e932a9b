"""Items: added, edited, assigned, accepted, withdrawn, found again."""

from pathlib import Path

import pytest

from conftest import After, Typed, run

#: Two reports of the paper.
REPORTS = [
    ["inspection", "add", "CAOP", "--title", "Crimes against older people", "--type", "thematic",
     "--published", "17 Jul 2019"],
    ["inspection", "add", "PPDA", "--title", "Police perpetrated domestic abuse", "--type", "super complaint",
     "--published", "30 June 2022"],
]  # fmt: skip


@pytest.fixture
def reports(register_after: After) -> None:
    """A register with two reports of the paper."""
    register_after(REPORTS)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("word", "found"),
    [("50%", ["R-0001"]), ("%", ["R-0001"]), ("a_b", ["R-0003"]), ("c\\d", ["R-0004"]), ("50", ["R-0001", "R-0002"])],
)
def test_a_sign_that_sql_reads_as_any_other_is_looked_for_as_itself(word: str, found: list[str], recreg: Typed) -> None:
    for title in ("Done to 50%", "Done to 500", "A_B", "C\\D", "axb"):
        recreg("add", "--kind", "afi", "--title", title)
    assert recreg("list", word, "-f", "ids").out.split() == found


@pytest.mark.usefixtures("reports")
def test_add_prints_the_new_reference_alone_and_echoes_what_was_understood(recreg: Typed) -> None:
    said = recreg("add", "--kind", "rec", "--inspection", "caop", "--deadline", "Within six months", "--title", "Needs",
                  "--target", "March 2023")  # fmt: skip
    assert said.out == "R-0001\n"
    assert "deadline “Within six months”: due 17 January 2020" in said.err
    assert "target 31 March 2023" in said.err
    assert "next review 29 December 2022" in said.err


@pytest.mark.usefixtures("reports")
def test_a_target_may_be_counted_from_publication(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--inspection", "PPDA", "--title", "x", "--target", "within six months")
    assert recreg("list", "-f", "json").json[0]["target_on"] == "2022-12-30"


@pytest.mark.usefixtures("register")
def test_words_of_a_deadline_are_never_refused_and_the_echo_says_where_no_day_follows(recreg: Typed) -> None:
    said = recreg("add", "--kind", "rec", "--title", "x", "--deadline", "as soon as possible")
    assert said.code == 0
    assert "deadline “as soon as possible”: no day follows from these words yet" in said.err
    assert recreg("list", "-f", "json").json[0]["deadline_words"] == "as soon as possible"


@pytest.mark.usefixtures("register")
def test_a_text_is_kept_verbatim_and_gives_the_title_where_none_is_given(recreg: Typed, tmp_path: Path) -> None:
    text = "Chief constables should – by ‘March’ – see that:\n• every plan is kept;\n\to and read."
    (tmp_path / "r1.txt").write_text(text, encoding="utf-8")
    recreg("add", "--kind", "rec", "--text-file", tmp_path / "r1.txt")
    (item,) = recreg("list", "-f", "json").json
    assert item["text"] == text
    assert item["title"] == "Chief constables should – by ‘March’ – see that: • every"


@pytest.mark.usefixtures("register")
def test_a_text_comes_from_stdin_by_a_dash() -> None:
    assert run("add", "--kind", "rec", "--text-file", "-", stdin="From a script\n").out == "R-0001\n"
    assert run("list", "-f", "json").json[0]["text"] == "From a script"


@pytest.mark.usefixtures("reports")
def test_super_complaint_recommendations_are_not_mandatory_and_wait_to_be_accepted(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--inspection", "PPDA", "--title", "a")
    recreg("add", "--kind", "rec", "--inspection", "CAOP", "--title", "b")
    first, second = recreg("list", "-f", "json").json
    assert (first["mandatory"], first["acceptance"]) == (False, "pending")
    assert (second["mandatory"], second["acceptance"]) == (True, None)
    recreg("accept", "R-0001", "--partly", "--why", "the first bullet only")
    assert recreg("show", "R-0001", "-f", "json").json["acceptance"] == "partly_accepted"


@pytest.mark.usefixtures("reports")
def test_owner_and_board_make_an_item_in_progress_by_whatever_act(recreg: Typed) -> None:
    def status() -> str:
        return str(recreg("show", "R-0001", "-f", "json").json["status"])

    recreg("add", "--kind", "rec", "--title", "a", "--owner", "Head of PPU")
    assert status() == "new"
    recreg("edit", "R-0001", "--board", "Vulnerability Board")
    assert status() == "in_progress"
    recreg("edit", "R-0001", "--owner", "")
    assert status() == "new"


@pytest.mark.usefixtures("reports")
def test_a_new_name_is_taken_on_with_a_notice_and_a_slip_is_refused_unless_insisted(recreg: Typed) -> None:
    said = recreg("add", "--kind", "rec", "--title", "a", "--owner", "Head of Custody")
    assert "“Head of Custody” is new, and is taken on as a person." in said.err
    assert recreg("assign", "R-0001", "--owner", "Head of Cutsody").code == 4
    assert recreg("assign", "R-0001", "--owner", "HEAD OF  CUSTODY").err.count("taken on") == 0
    assert recreg("assign", "R-0001", "--owner", "Head of Cutsody", "--new").code == 0
    assert [p["name"] for p in recreg("person", "list", "-f", "json").json] == ["Head of Custody", "Head of Cutsody"]


@pytest.mark.usefixtures("reports")
def test_a_cause_and_its_children_may_share_a_number_which_then_means_all_of_them(recreg: Typed) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause", "--hmicfrs-ref", "9472")
    recreg("add", "--kind", "rec", "--title", "Child", "--hmicfrs-ref", "9472", "--parent", "R-0001")
    recreg("add", "--kind", "rec", "--title", "Second", "--hmicfrs-ref", "9472", "--parent", "R-0001")
    said = recreg("rag", "red", "9472", "--why", "late")
    assert said.code == 3
    assert "9472 means 3 items: R-0001 cause of concern “Cause”; R-0002 recommendation “Child”; R-0003" in said.err
    shown = recreg("show", "9472", "-f", "json").json["items"]
    assert [item["ref"] for item in shown] == ["R-0001", "R-0002", "R-0003"]
    assert recreg("history", "9472").code == 0


@pytest.mark.usefixtures("reports")
def test_a_cause_whose_children_share_a_number_keeps_its_kind(recreg: Typed) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause")
    for title in ("Child", "Second"):
        recreg("add", "--kind", "rec", "--title", title, "--hmicfrs-ref", "9472", "--parent", "R-0001")
    said = recreg("edit", "R-0001", "--kind", "rec")
    assert said.code == 4
    assert "The HMICFRS number 9472 belongs to" in said.err


@pytest.mark.usefixtures("register")
def test_another_kind_says_what_becomes_of_children_and_parts(recreg: Typed) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause")
    for title in ("One", "Two"):
        recreg("add", "--kind", "rec", "--title", title, "--parent", "R-0001")
    said = recreg("edit", "R-0001", "--kind", "recommendation")
    assert "Its 2 children are parts of it from now on, which no figure counts." in said.err
    said = recreg("edit", "R-0001", "--kind", "coc")
    assert "Its 2 parts are its children from now on, which the figures count." in said.err
    recreg("withdraw", "R-0003", "--why", "typed twice")
    said = recreg("edit", "R-0001", "--kind", "recommendation")
    assert "Its child R-0002 is a part of it from now on" in said.err
    assert "from now on" not in recreg("edit", "R-0001", "--kind", "recommendation").err


@pytest.mark.usefixtures("register")
def test_an_import_says_of_another_kind_what_becomes_of_those_that_were_there_before(
    recreg: Typed, tmp_path: Path
) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause")
    for title in ("One", "Two", "Three"):
        recreg("add", "--kind", "rec", "--title", title, "--parent", "R-0001")
    recreg("edit", "R-0004", "--parent", "")

    def told(rows: str) -> list[str]:
        (tmp_path / "items.csv").write_text(f"ref,kind,title,parent\n{rows}", encoding="utf-8")
        said = recreg("import", tmp_path / "items.csv", "--on-conflict", "update")
        assert said.code == 0, said.err
        return [line for line in said.err.splitlines() if "from now on" in line]

    assert told("R-0001,rec,,\n") == ["Its 2 children are parts of it from now on, which no figure counts."]
    new = "R-0001,coc,,\n,rec,Four,R-0001\nR-0004,,,R-0001\n"
    assert told(new) == ["Its 2 parts are its children from now on, which the figures count."]
    assert told("R-0001,,Causes,\n") == []


@pytest.mark.usefixtures("register")
def test_where_an_edited_item_stands_from_now_on_is_echoed(recreg: Typed) -> None:
    recreg("inspection", "add", "PEEL", "--title", "Alpha", "--type", "thematic", "--published", "2020-01-01")
    for title in ("One", "Two"):
        recreg("add", "--kind", "rec", "--title", title)
    assert "“Two”: from PEEL; under R-0001; " in recreg(
        "edit", "R-0002", "--inspection", "peel", "--parent", "R-0001"
    ).err  # fmt: skip
    assert "“Two”: under no other; " in recreg("edit", "R-0002", "--parent", "").err


@pytest.mark.usefixtures("register")
def test_on_whom_an_item_waits_is_echoed_and_told(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "One")
    assert "waiting on NPCC" in recreg("edit", "R-0001", "--waiting-on", "NPCC", "--by", "Deputy").err
    text = recreg("why", "R-0001").out
    assert "It is waiting on NPCC: a note, which takes it out of no list and no figure (changeset 3, 29 Sep" in text
    assert "by Deputy)" in text
    assert "waiting on nobody" in recreg("edit", "R-0001", "--waiting-on", "").err
    assert "waiting" not in recreg("why", "R-0001").out


@pytest.mark.usefixtures("reports")
def test_a_reference_of_our_own_is_written_whole(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "a")
    assert recreg("show", "R-1").code == 3
    assert recreg("show", "R-0001").code == 0


@pytest.mark.usefixtures("reports")
def test_a_reference_is_understood_in_any_case(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "a", "--hmicfrs-ref", "Rec-9A")
    assert recreg("rag", "green", "rec-9a", "--why", "done").code == 0
    assert recreg("rag", "amber", "r-0001", "--why", "not quite").code == 0


@pytest.mark.usefixtures("reports")
def test_withdrawn_is_out_of_every_list_its_numbers_free_and_its_history_kept(recreg: Typed) -> None:
    words = ("add", "--kind", "rec", "--title", "a", "--hmicfrs-ref", "10618", "--inspection", "CAOP", "--number", "1")
    recreg(*words)
    assert recreg("withdraw", "10618", "--why", "typed twice").code == 0
    assert recreg("list", "--all", "-f", "ids").out == ""
    assert recreg("overdue", "--clock", "all", "--within", "20m", "--all", "-f", "ids").out == ""
    assert recreg(*words).first == "R-0002"
    assert recreg("show", "R-0001", "-f", "json").json["withdrawn_why"] == "typed twice"
    assert recreg("history", "R-0001", "-f", "json").json[-1]["event"] == "withdrawn"
    assert recreg("show", "10618", "-f", "json").json["ref"] == "R-0002"
    assert recreg("rag", "red", "R-0001", "--why", "x").code == 4


@pytest.mark.usefixtures("reports")
def test_other_words_of_a_deadline_need_a_reason_or_hmicfrss_letter(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "a", "--inspection", "CAOP", "--deadline", "within three months")
    assert recreg("edit", "R-0001", "--deadline", "within six months").code == 2
    assert recreg("edit", "R-0001", "--deadline", "within six months", "--letter", "HMI/22/17").code == 0
    shown = recreg("show", "R-0001", "-f", "json").json
    assert (shown["deadline_on"], shown["deadline_letter"]) == ("2020-01-17", "HMI/22/17")
    (change,) = [row for row in recreg("history", "R-0001", "-f", "json").json
                 if row["field"] == "deadline_words" and row["command"] == "edit"]  # fmt: skip
    assert (change["before"], change["after"]) == ("within three months", "within six months")


@pytest.mark.usefixtures("reports")
def test_a_first_target_is_given_freely_and_another_needs_a_reason(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "a")
    assert recreg("edit", "R-0001", "--target", "2023-03-31").code == 0
    assert recreg("edit", "R-0001", "--target", "2023-04-30").code == 2
    assert recreg("edit", "R-0001", "--target", "2023-04-30", "--why", "mistyped").code == 0
    shown = recreg("show", "R-0001", "-f", "json").json
    assert (shown["target_on"], shown["original_target_on"], shown["times_deferred"]) == ("2023-04-30", "2023-04-30", 0)


@pytest.mark.usefixtures("reports")
def test_what_is_not_ours_leaves_the_list_and_the_figures_with_its_reason(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "a")
    recreg("add", "--kind", "rec", "--title", "b", "--not-ours", "--why", "for the Ministry of Justice alone")
    assert recreg("list", "-f", "ids").out == "R-0001\n"
    assert recreg("list", "--not-ours", "-f", "ids").out == "R-0002\n"
    assert recreg("list", "--all", "-f", "ids").out == "R-0001\nR-0002\n"
    said = recreg("list", "-f", "table")
    assert "Open and ours: 1 recommendation," in said.err
    assert "Left out of the figures: 1 not ours." in said.err


@pytest.mark.usefixtures("reports")
def test_a_part_never_counts_and_a_child_of_a_cause_does(recreg: Typed) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause")
    recreg("add", "--kind", "rec", "--title", "Child", "--parent", "R-0001")
    recreg("add", "--kind", "rec", "--title", "Whole")
    recreg("add", "--kind", "rec", "--title", "Part", "--parent", "R-0003")
    said = recreg("list", "-f", "table")
    assert "2 recommendations (1 under causes), 0 areas for improvement and 1 cause of concern" in said.err
    assert "Left out of the figures: 1 part." in said.err


@pytest.mark.parametrize(
    ("filters", "refs"),
    [
        ("--kind coc", "R-0001"),
        ("--kind coc --kind afi", "R-0001 R-0004"),
        ("--rag red", "R-0002"),
        ("--owner Head_of_PPU", "R-0002 R-0003"),
        ("--owner head_of_ppu --rag unrated", "R-0003"),
        ("--board Crime_Board", "R-0003"),
        ("--portfolio Crime", "R-0004"),
        ("--inspection CAOP", "R-0001 R-0002"),
        ("--parent R-0001", "R-0002"),
        ("--status in-progress", "R-0003"),
        ("victims", "R-0002"),
        ("victims plan", "R-0002"),
        ("victims absent", ""),
        ("50%", "R-0004"),
        ("custody", "R-0003"),
        ("audit.pdf", "R-0004"),
        ("--no-update-since 2022-09-01", "R-0001 R-0002"),
    ],
)
def test_filters_choose_and_words_look_in_texts_notes_and_evidence(
    filters: str, refs: str, recreg: Typed, register_after: After
) -> None:
    lines = (
        "add --kind coc --title Older_people --inspection CAOP",
        (
            "add --kind rec --title Needs_of_Victims --text A_plan --parent R-0001 --inspection CAOP --rag red --why late"
            " --owner Head_of_PPU"
        ),
        "add --kind rec --title Third --owner Head_of_PPU --board Crime_Board",
        "add --kind afi --title Reach_50% --portfolio Crime",
        "note R-0003 Custody_suites_visited",
        "evidence add --link https://force.example/audit.pdf --for R-0004",
    )
    register_after([*REPORTS, *([word.replace("_", " ") for word in line.split()] for line in lines)])
    said = recreg("list", "-f", "ids", *[word.replace("_", " ") for word in filters.split()])
    assert said.out.split() == refs.split()


@pytest.mark.usefixtures("reports")
def test_a_note_may_begin_with_a_dash_and_take_options_anywhere(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "a")
    assert recreg("note", "R-0001", "- first", "--on", "2022-09-29").code == 0
    assert recreg("note", "--by", "Deputy", "R-0001", "-x marks it").code == 0
    assert recreg("note", "R-0001", "--", "-n").code == 0
    assert [n["text"] for n in recreg("show", "R-0001", "-f", "json").json["notes"]] == ["- first", "-x marks it", "-n"]


@pytest.mark.usefixtures("register")
def test_a_note_to_several_items_is_one_act(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "a")
    recreg("add", "--kind", "rec", "--title", "b")
    recreg("note", "R-0001", "R-0002", "Both begun")
    newest = recreg("log", "-f", "json").json[-1]
    assert (newest["command"], newest["changes"], newest["items"]) == ("note", 2, "R-0001, R-0002")
