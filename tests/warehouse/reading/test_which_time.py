"""Which of several times in a sentence a figure describes; the answers were worked out by hand.

Each figure is `value last-day-of-its-period basis`; the texts are of 14 October 2026.
"""
# ruff: noqa: E501 - sentences read best on one line

from datetime import date

import pytest

from warehouse.reading import Document, Lexicon, Reader

READER = Reader(Lexicon())
DAY = date(2026, 10, 14)
NOW = "2026-10-14 day_of_event"


def dated(text):
    found = READER.read(text, Document(published=DAY, entity="Riverton"))
    return [f"{c.value:g} {c.period_end} {c.basis}" for c in found if c.nature == "stated"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("全市2025年的140家国际组织均已备案。", ["140 2025-12-31 stated"], id="joined"),
        pytest.param(
            "2024年和2025年分别举办国际会议112场和140场，2026年举办80场。",
            ["112 2024-12-31 stated", "140 2025-12-31 stated", "80 2026-10-14 to_date"],
            id="respective",
        ),
        pytest.param("The city opened 37 clinics in 2025.", ["37 2025-12-31 stated"], id="linked"),
        pytest.param("国际组织140家（2025年）。", ["140 2025-12-31 stated"], id="linked-by-a-bracket"),
        pytest.param(
            "By the end of 2024, there were 980 clinics; 61 of them were renovated this year.",
            ["980 2024-12-31 stated", "61 2026-10-14 to_date"],
            id="own",
        ),
        pytest.param("In 2024, the city renovated 61 clinics.", ["61 2024-12-31 stated"], id="before"),
        pytest.param("A record 5.5 million passengers passed through the airport in July 2025.", ["5.5e+06 2025-07-31 stated"], id="later"),
        pytest.param("The city ranks fifth worldwide, according to the 2025 Global Cities Index.", ["5 2025-12-31 edition"], id="edition"),
        pytest.param("In 2025, trade slowed. Exports fell 3 percent.", ["-3 2025-12-31 carried"], id="carried"),
        pytest.param("The city has 140 international organizations.", [f"140 {NOW}"], id="none"),
    ],
)  # fmt: skip
def test_each_way_a_time_may_stand_to_a_figure(text, wanted):
    assert dated(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Beijing now hosts 140 international organizations and 295 sister cities, and in 2025 it received 4.5 million tourists.",
         [f"140 {NOW}", f"295 {NOW}", "4.5e+06 2025-12-31 stated"]),
        ("The city has 140 international organizations and in 2025 it received 4.5 million tourists.",
         [f"140 {NOW}", "4.5e+06 2025-12-31 stated"]),
        ("The city has 140 international organizations; in 2025, it received 4.5 million tourists.",
         [f"140 {NOW}", "4.5e+06 2025-12-31 stated"]),
        ("The city received 4.5 million tourists, in 2025.", ["4.5e+06 2025-12-31 stated"]),
        ("The city received 4.5 million tourists, in 2025, up 8 percent.", ["4.5e+06 2025-12-31 stated", "8 2025-12-31 stated"]),
        ("The city opened 12 museums, 5 theatres and 3 concert halls in 2025.",
         ["12 2025-12-31 stated", "5 2025-12-31 stated", "3 2025-12-31 stated"]),
        ("Hotel occupancy was 75 percent (2018: 73 percent).", [f"75 {NOW}", "73 2018-12-31 stated"]),
        ("The city runs 74 swimming pools, with 6 new ones opened in 2025.", [f"74 {NOW}", "6 2025-12-31 stated"]),
        ("The network has reached 516 kilometers, up from 307 kilometers at the end of 2020.",
         [f"516 {NOW}", "307 2020-12-31 stated"]),
        ("The city is home to 140 international organizations and received 4.5 million tourists in 2025.",
         ["140 2026-10-14 day_of_event", "4.5e+06 2025-12-31 stated"]),
        ("The city received 4.5 million tourists in 2025, and is home to 140 international organizations.",
         ["4.5e+06 2025-12-31 stated", f"140 {NOW}"]),
        ("Its airports handled 120 million passengers in 2025, and together serve 125 international destinations.",
         ["1.2e+08 2025-12-31 stated", f"125 {NOW}"]),
        ("Arrivals grew 12 percent in 2024 and 8 percent in 2025, reaching 4.5 million.",
         ["12 2024-12-31 stated", "8 2025-12-31 stated", "4.5e+06 2025-12-31 stated"]),
        ("By 2030, the city aims to host 200 international organizations, up from 140 today.",
         ["200 2030-12-31 stated", f"140 {NOW}"]),
        ("At the end of 2024, the city had 120 international organizations, and it now has 140.",
         ["120 2024-12-31 stated", f"140 {NOW}"]),
        ("In 2025 there were 120 international organizations. The city now has 140 international organizations.",
         ["120 2025-12-31 stated", f"140 {NOW}"]),
        ("Of the 140 organizations, 27 organizations arrived in 2025.", [f"140 {NOW}", "27 2025-12-31 stated"]),
        ("Help is given in 13 languages at the centre, which handled 27,900 requests last year.",
         [f"13 {NOW}", "27900 2025-12-31 relative"]),
    ],
)  # fmt: skip
def test_a_time_of_another_clause_is_not_the_figures_in_english(text, wanted):
    assert dated(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("目前，落户北京的国际组织达到140家，2025年入境外国游客450万人次。", [f"140 {NOW}", "4.5e+06 2025-12-31 stated"]),
        ("全市现有国际组织140家、友好城市295个，2025年接待外国游客450万人次。", [f"140 {NOW}", f"295 {NOW}", "4.5e+06 2025-12-31 stated"]),
        ("国际组织达到140家（2025年为135家）。", [f"140 {NOW}", "135 2025-12-31 stated"]),
        ("国际组织有140家，其中2025年落户12家。", [f"140 {NOW}", "12 2025-12-31 stated"]),
        ("中成药出口到60多个国家和地区，去年出口额同比增长三成。", [f"60 {NOW}", "30 2025-12-31 relative"]),
        ("全市外资企业3.6万家，其中世界500强企业投资的有680家。", [f"36000 {NOW}", "680 2026-12-31 edition_latest"]),
        ("全市拥有博物馆226座，而2019年为180座。", [f"226 {NOW}", "180 2019-12-31 stated"]),
        ("截至2025年底，友好城市有290个。目前，友好城市有295个。", ["290 2025-12-31 stated", f"295 {NOW}"]),
        ("截至2025年底，友好城市有290个，目前有295个。", ["290 2025-12-31 stated", f"295 {NOW}"]),
        ("友好城市有295个，截至2025年底，国际组织有135家。", [f"295 {NOW}", "135 2025-12-31 stated"]),
        ("首批3000份礼包将于2026年9月发放。", ["3000 2026-09-30 stated"]),
        ("全市新开医院3家、学校5所于2025年9月启用。", ["3 2025-09-30 stated", "5 2025-09-30 stated"]),
        ("地铁里程从2020年底的516公里增加到目前的879公里，2025年客运量39亿人次。", ["516 2020-12-31 stated", f"879 {NOW}", "3.9e+09 2025-12-31 stated"]),
        ("如今全市有A级景区240家，2024年、2025年分别接待游客3亿人次、3.2亿人次。", [f"240 {NOW}", "3e+08 2024-12-31 stated", "3.2e+08 2025-12-31 stated"]),
    ],
)  # fmt: skip
def test_a_time_of_another_clause_is_not_the_figures_in_chinese(text, wanted):
    assert dated(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In the first half of 2026, 380,000 tourists came, compared with 330,000 tourists in the same period of 2024.",
         ["380000 2026-06-30 stated", "330000 2024-06-30 stated"]),
        ("In the first half of 2025, 380,000 tourists came, against 330,000 a year earlier.",
         ["380000 2025-06-30 stated", "330000 2024-06-30 relative"]),
        ("今年前三季度，全市接待入境游客380万人次，去年同期为330万人次。", ["3.8e+06 2026-09-30 relative", "3.3e+06 2025-09-30 relative"]),
        ("During the 14th Five-Year Plan period, 1,250 conferences were hosted, up from 640 conferences in the previous five years.",
         ["1250 2025-12-31 plan", "640 2020-12-31 past_years"]),
        ("地铁里程达到879公里，比2020年底的516公里增加363公里。",
         [f"879 {NOW}", "516 2020-12-31 stated", "363 2026-10-14 stated_base_to_event"]),
        ("The rate rose to 30 percent, from 12 percent five years ago.", [f"30 {NOW}", "12 2021-10-14 years_ago"]),
        ("In 2025, 304 clinics were open, compared with 277 clinics two years earlier.",
         ["304 2025-12-31 stated", "277 2023-12-31 years_ago"]),
        ("The number of clinics grew by 27 over 2024 to 304.", ["27 2026-10-14 stated_base_to_event", f"304 {NOW}"]),
        ("Occupancy rose 3.4 percentage points from August 2025 to 71.2 percent.",
         ["3.4 2026-10-14 stated_base_to_event", f"71.2 {NOW}"]),
    ],
)  # fmt: skip
def test_a_comparison_names_the_time_of_what_is_compared_with(text, wanted):
    assert dated(text) == wanted


@pytest.mark.parametrize(
    ("text", "start", "end", "basis"),
    [
        ("截至9月底，全市接待入境游客380万人次。", "2026-01-01", "2026-09-30", "year_to_day"),
        ("2026年全市接待入境游客380万人次。", "2026-01-01", "2026-10-14", "to_date"),
        ("国际组织140家（截至2026年9月）。", "2026-09-30", "2026-09-30", "stated"),
        ("As of June 2026, the city had 140 international organizations.", "2026-06-30", "2026-06-30", "stated"),
        ("10月1日至7日，全市接待游客1200万人次。", "2026-10-01", "2026-10-07", "year_of_event"),
        ("9月28日至10月5日，展会吸引观众12万人次。", "2026-09-28", "2026-10-05", "year_of_event"),
        ("From October 1 to 7, the city received 1.2 million tourists.", "2026-10-01", "2026-10-07", "year_of_event"),
        ("The fair of September 28 to October 5, 2025 drew 120,000 visitors.", "2025-09-28", "2025-10-05", "stated"),
        ("自2021年以来，全市新增国际组织27家。", "2021-01-01", "2026-10-14", "since"),
        ("“十四五”以来，全市引进外资企业8000家。", "2021-01-01", "2026-10-14", "since_plan"),
        (
            "Since the 18th Party Congress, 1,560 conferences have been held.",
            "2012-11-08",
            "2026-10-14",
            "since_congress",
        ),
        ("“十五五”时期，全市将新建国际学校30所。", "2026-01-01", "2030-12-31", "goal"),
        ("The city will build 30 international schools between 2026 and 2030.", "2026-01-01", "2030-12-31", "goal"),
        ("预计2026年全年接待入境游客500万人次。", "2026-01-01", "2026-12-31", "goal"),
        ("五年来，全市接待入境游客1560万人次。", "2021-10-14", "2026-10-14", "past_years"),
    ],
)
def test_a_span_has_its_first_and_last_day(text, start, end, basis):
    (found,) = READER.read(text, Document(published=DAY, entity="Riverton"))
    assert (found.period_start.isoformat(), found.period_end.isoformat(), found.basis) == (start, end, basis)


@pytest.mark.parametrize(
    "text",
    ["近五年，全市博物馆由180座增至226座。", "Over the past five years, the number of museums rose from 180 to 226."],
)
def test_a_stock_that_grew_over_a_span_stood_at_its_ends(text):
    assert dated(text) == ["180 2021-10-14 start_of_window", "226 2026-10-14 end_of_window"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("地铁里程达到879公里，比2020年底增加363公里。", [(516, "2020-12-31")]),
        ("The number of clinics reached 304, an increase of 27 over the past five years.", [(277, "2021-10-14")]),
        ("全市举办国际会议1250场，较“十三五”时期增长95%。", [(641.025641026, "2020-12-31")]),
        ("地铁里程达到879公里，比2020年底的516公里增加363公里。", []),
        ("The number of headquarters rose from 186 at the end of 2020 to 287 by June 2026, up 54 percent.", []),
        ("五年来，全市接待入境游客1560万人次，年均增长12.3%。", []),
        ("Exports reached 512 billion yuan, while imports fell 2.1 percent.", []),
    ],
)
def test_an_implied_base_is_not_proposed_where_the_text_gives_it_or_the_change_is_anothers(text, wanted):
    found = READER.read(text, Document(published=DAY, entity="Riverton"))
    assert [(c.value, c.period_end.isoformat()) for c in found if c.nature == "derived"] == wanted
