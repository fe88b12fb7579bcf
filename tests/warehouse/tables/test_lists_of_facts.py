"""Files of databases that list facts about each series under its name: unit, source, id, dates, moments."""

from __future__ import annotations

from typing import Any

CEIC = """\
,GDP: Beijing,GDP: Shanghai
Region,China,China
Subnational,Beijing,Shanghai
Frequency,Yearly,Yearly
Unit,RMB mn,RMB mn
Source,National Bureau,National Bureau
Status,Active,Active
Series ID,369701 (CEAA),369702 (CEAB)
SR Code,SR1,SR2
Mnemonic,,
Function Description,,
First Obs. Date,2019,2019
Last Obs. Date,2021,2021
Last Update Time,2022-05-01,2022-05-01
Series remarks,,
Suggestions,,
Mean,3727210,4002394
Variance,1,2
Min,3544580,3815532
No. of Obs,3,3
12/2019,3544580,3815532
12/2020,3610260,3870058
12/2021,4026960,4321485
"""
CEIC_ZH = """\
,人口
区域,中国
次国家,
频率,"年, 年终12月"
单位,百万人
数据来源,国家统计局
状态,继续
数列ID,4942801 (CGGA)
首次观测日期,2021
最后观测日期,2023
最后更新时间,17/01/2024
平均 MEAN,1039.9
方差,81585.8
最小,541.6
总和 SUM,77996.3
参照期间,3
2021,1412.6
2022,1411.7
2023,1409.6
"""
WIND = """\
指标名称,北京:GDP,北京:常住人口
频率,年,年
单位,亿元,万人
指标ID,M0001,M0002
时间区间,2019:2021,2019:2021
来源,国家统计局,国家统计局
更新时间,2022-03-01,2022-03-01
2019-12-31,35445.80,2190.1
2020-12-31,36102.60,2189.0
2021-12-31,40269.60,2188.6
"""


def test_moments_and_dates_of_a_series_are_no_figures_of_it(bring: Any) -> None:
    found = bring(CEIC, whose="")
    assert set(found.cells) == {f"{c}{r}" for c in "BC" for r in (21, 22, 23)}
    assert found.told("C23") == ("GDP [RMB mn]", "Shanghai", "2021-12-31", "4.321485e+12")
    assert not found.landing.refused


def test_the_name_above_the_facts_is_the_series_and_their_region_its_place(bring: Any) -> None:
    found = bring(CEIC_ZH, whose="")
    assert found.told("B19") == ("人口 [百万人]", "中国", "2023-12-31", "1409600000")
    assert set(found.cells) == {"B17", "B18", "B19"}


def test_a_place_before_the_colon_owns_the_column_and_last_days_stand_for_their_years(bring: Any) -> None:
    found = bring(WIND, whose="")
    assert found.told("B8")[1:] == ("Beijing", "2019-12-31", "3.54458e+12")
    assert found.cells["B8"].period_start.isoformat() == "2019-01-01"
    population = found.cells["C10"]
    assert (population.value, population.period_start, population.basis) == (
        2188.6e4, population.period_end, "stated: the table's own period",
    )  # fmt: skip
    assert ("place_in_heading", "北京") in found.doubts
    assert ("dates_stand_for", "year") in found.doubts


def test_halves_may_end_in_june_and_december_so_that_those_days_stay_days(bring: Any) -> None:
    found = bring("日期,北京接待游客（万人次）\n2022-06-30,3\n2022-12-31,4\n2023-06-30,5\n2023-12-31,6\n")
    assert found.cells["B2"].period_start == found.cells["B2"].period_end
    assert not [d for d in found.doubts if d[0] == "dates_stand_for"]
