"""More download formats, written by hand: (name, encoding, text, truth, refused cells), and sheets as rows.

Truths are written as in `published`; each was written before the file was read for the first time.
"""

from __future__ import annotations

CUSTOMS = """数据年月,商品编码,商品名称,贸易伙伴编码,贸易伙伴名称,第一数量,第一计量单位,第二数量,第二计量单位,人民币,
202401,85171300,智能手机,502,美国,"1,234,567",台,"210,000",千克,"8,765,432,100",
202401,85171300,智能手机,110,香港,"345,678",台,"60,000",千克,"2,100,000,000",
202402,87038000,纯电动乘用车,110,香港,"12,345",辆,"20,000,000",千克,"1,900,000,000",
"""
COMTRADE = """typeCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,\
partnerCode,partnerISO,partnerDesc,cmdCode,cmdDesc,qty,primaryValue,isReported
C,20220101,2022,52,2022,156,CHN,China,X,Export,842,USA,USA,TOTAL,All Commodities,,582755000000,False
C,20220101,2022,52,2022,156,CHN,China,M,Import,842,USA,USA,TOTAL,All Commodities,,178900000000,False
C,20230101,2023,52,2023,156,CHN,China,X,Export,842,USA,USA,TOTAL,All Commodities,,501220000000,False
C,20220101,2022,52,2022,392,JPN,Japan,X,Export,156,CHN,China,TOTAL,All Commodities,,144600000000,False
"""
REFUGEES = """"Extracted from the UNHCR Refugee Population Statistics Database"
"Date extracted: 2026-02-10"

"Year","Country of origin","Country of origin (ISO)","Country of asylum","Country of asylum (ISO)","Refugees",\
"Asylum-seekers"
2022,Afghanistan,AFG,Pakistan,PAK,1743785,8431
2023,Afghanistan,AFG,Pakistan,PAK,1987738,12013
2023,Syrian Arab Rep.,SYR,Germany,DEU,705800,-
"""
NOMIS = """"annual population survey - employment"
"ONS Crown Copyright Reserved [from Nomis on 3 March 2026]"
""
"variable :","Employment rate - aged 16-64"
""
"local authority: district / unitary","Jan 2022-Dec 2022","Conf","Apr 2022-Mar 2023","Conf"
"Darlington","76.3","3.9","77.0","4.1"
"Hartlepool","68.1","4.4","!","!"
""
"! Estimate and confidence interval not available since the group sample size is zero or disclosive"
"""
GUESTS = """"Jahr";"Monat";"Kanton";"Herkunftsland";"Ankünfte";"Logiernächte"
"2023";"Januar";"Zürich";"China";"5123";"9876"
"2023";"März";"Zürich";"China";"6100";"11234"
"2023";"Dezember";"Bern";"Japan";"2300";"4001"
"""
AIRPORTS = """rundate,reporting_period,rpt_apt_name,term_pax_this,term_pax_last,percent
2024-02-10,202312,HEATHROW,6658000,6205000,7.3
2024-02-10,202312,GATWICK,2890000,2530000,14.2
2024-02-10,202311,HEATHROW,6139000,5602000,9.6
"""
VISITORS = """"International Visitors to the U.S. (I-94/COR)",,,,
,,,,
"Country of Residence","World Region","2023-12","2024-01","2024-01 % Change"
"United Kingdom","Western Europe","298,113","210,500",5.4
"Brazil","South America","170,500","199,801","-"
"""
HUNGARY = """"4.4.1.16. A külföldi vendégek száma a szálláshelyeken, ezer fő";;
Ország;2022;2023
Ausztria;210,0;1 254,1
Kína;10,4;88,0
"""
TEXTS = (
    ("海关查询.csv", "gb18030", CUSTOMS, """
        F2 H2 | 智能手机 / 美国 | | 2024-01-31 2024-01-31 | 1234567 210000
        F3 | 智能手机 / 香港 / 第一数量 [台] | | 2024-01-31 | 345678
        H3 | 智能手机 / 香港 / 第二数量 [千克] | | 2024-01-31 | 60000
        J2 | 智能手机 / 美国 / 人民币 | | 2024-01-31 | 8765432100
        J3 | 智能手机 / 香港 / 人民币 | | 2024-01-31 | 2100000000
        F4 | 纯电动乘用车 / 香港 / 第一数量 [辆] | | 2024-02-29 | 12345
        H4 | 纯电动乘用车 / 香港 / 第二数量 [千克] | | 2024-02-29 | 20000000
        J4 | 纯电动乘用车 / 香港 / 人民币 | | 2024-02-29 | 1900000000""", 0),
    ("comtrade.csv", "utf-8", COMTRADE, """
        Q2 Q4 | Export / USA | China | 2022 2023 | 582755000000 501220000000
        Q3 | Import / USA | China | 2022 | 178900000000
        Q5 | Export / China | Japan | 2022 | 144600000000""", 0),
    ("unhcr.csv", "utf-8", REFUGEES, """
        F5 F6 | Pakistan / Refugees | Afghanistan | 2022 2023 | 1743785 1987738
        G5 G6 | Pakistan / Asylum-seekers | Afghanistan | 2022 2023 | 8431 12013
        F7 | Germany / Refugees | Syrian Arab Rep. | 2023 | 705800""", 0),
    ("nomis.csv", "utf-8", NOMIS, """
        B7 D7 | Employment rate | Darlington | 2022 2023-03-31 | 76.3 77.0
        B8 | Employment rate | Hartlepool | 2022 | 68.1""", 0),
    ("hesta.csv", "cp1252", GUESTS, """
        E2 E3 | China / Ankünfte | Zürich | 2023-01-31 2023-03-31 | 5123 6100
        F2 F3 | China / Logiernächte | Zürich | 2023-01-31 2023-03-31 | 9876 11234
        E4 F4 | Japan | Bern | 2023 2023 | 2300 4001""", 0),
    ("caa.csv", "utf-8", AIRPORTS, """
        D2 D3 D4 | term_pax_this | HEATHROW GATWICK HEATHROW | 2023 2023 2023-11-30 | 6658000 2890000 6139000
        E2 E3 E4 | term_pax_last | HEATHROW GATWICK HEATHROW | 2023 2023 2023-11-30 | 6205000 2530000 5602000
        F2 F3 F4 | percent | HEATHROW GATWICK HEATHROW | 2023 2023 2023-11-30 | 7.3 14.2 9.6""", 0),
    ("ntto.csv", "utf-8", VISITORS, """
        C4 D4 | Western Europe / United Kingdom | United States | 2023 2024-01-31 | 298113 210500
        E4 | Change | United States | 2024-01-31 | 5.4
        C5 D5 | South America / Brazil | United States | 2023 2024-01-31 | 170500 199801""", 0),
    ("ksh.csv", "utf-8-sig", HUNGARY, """
        B3 C3 | külföldi vendégek | Ausztria | 2022 2023 | 210e3 1254.1e3
        B4 C4 | külföldi vendégek | Kína | 2022 2023 | 10.4e3 88e3""", 0),
)  # fmt: skip
LODGING: list[tuple[object, ...]] = [
    ("İllere göre konaklama istatistikleri, 2022-2023",), ("Accommodation statistics by provinces, 2022-2023",), (),
    ("İl - Province", "Tesise geliş sayısı - Number of arrivals", "", "Geceleme - Number of nights", ""),
    ("", 2022, 2023, 2022, 2023), ("Ankara", 2301422, 2455533, 4011222, 4302333), ("Bilecik", 50222, "-", 80444, "-"),
]  # fmt: skip
GOVERNANCE: list[tuple[object, ...]] = [
    ("Worldwide Governance Indicators",), (), ("", "", *[2021] * 4, *[2022] * 4),
    ("Country/Territory", "Code", *["Estimate", "StdErr", "NumSrc", "Rank"] * 2),
    ("China", "CHN", 0.05, 0.13, 10, 54.8, 0.02, 0.13, 10, 55.2),
    ("Finland", "FIN", 2.27, 0.16, 9, 99.5, 2.24, 0.16, 9, 99.5),
]  # fmt: skip
RESIDENTS: list[tuple[object, ...]] = [
    ("表１　国籍・地域別　在留資格別　在留外国人数（令和5年末）",), ("(単位：人)",), ("国籍・地域", "総数", "留学"),
    ("総数", 3410992, 340883), ("中国", 821838, 134651), ("韓国", "-", 14671),
]  # fmt: skip
INVESTMENT: list[tuple[object, ...]] = [
    ("2023年1-12月全国吸收外商直接投资情况",), ("金额单位：亿元人民币",),
    ("行业", "新设企业数（家）", "", "", "实际使用外资金额", "", ""),
    ("", *["2023年1-12月", "2022年1-12月", "同比（%）"] * 2),
    ("制造业", 3624, 3571, 1.5, 3179.2, 3237, -1.8), ("高技术产业", 12560, 8898, 41.2, 4233.4, 4449.5, -4.9),
]  # fmt: skip
TRADE: list[tuple[object, ...]] = [
    ("U.S. International Trade in Goods and Services",), ("In millions of dollars.",),
    ("Period", "Balance", "", "Exports", ""), ("", "Total", "Goods BOP (1)", "Total", "Goods BOP (1)"), ("2022",),
    ("Jan. - Dec.", -971119, -1179919, 3018456, 2089931), ("January", -88960, -108220, 229900, 158400), ("2023",),
    ("February (R)", -70640, -92930, 251300, 169000),
]  # fmt: skip
SHEETS = (
    ("zairyu.xlsx", RESIDENTS, (), """
        B4 B5 | 総数 | | 2023 2023 | 3410992 821838
        C4 | 総数 / 留学 | | 2023 | 340883
        C5 C6 | 留学 | | 2023 2023 | 134651 14671"""),
    ("商务部.xlsx", INVESTMENT, ("B3:D3", "E3:G3", "A3:A4"), """
        B5 C5 | 制造业 / 新设企业数 | | 2023 2022 | 3624 3571
        E5 F5 | 制造业 / 实际使用外资金额 | | 2023 2022 | 3179.2e8 3237e8
        D5 G5 | 同比 | | 2023 2023 | 1.5 -1.8
        B6 C6 | 高技术产业 / 新设企业数 | | 2023 2022 | 12560 8898
        E6 F6 | 高技术产业 / 实际使用外资金额 | | 2023 2022 | 4233.4e8 4449.5e8
        D6 G6 | 同比 | | 2023 2023 | 41.2 -4.9"""),
    ("ft900.xlsx", TRADE, ("B3:C3", "D3:E3", "A3:A4"), """
        B6 B7 B9 | Balance / Total | | 2022 2022-01-31 2023-02-28 | -971119e6 -88960e6 -70640e6
        C6 C7 C9 | Balance / Goods | | 2022 2022-01-31 2023-02-28 | -1179919e6 -108220e6 -92930e6
        D6 D7 D9 | Exports / Total | | 2022 2022-01-31 2023-02-28 | 3018456e6 229900e6 251300e6
        E6 E7 E9 | Exports / Goods | | 2022 2022-01-31 2023-02-28 | 2089931e6 158400e6 169000e6"""),
    ("tuik.xlsx", LODGING, ("B4:C4", "D4:E4", "A4:A5"), """
        B6 C6 | arrivals | Ankara | 2022 2023 | 2301422 2455533
        D6 E6 | nights | Ankara | 2022 2023 | 4011222 4302333
        B7 | geliş | Bilecik | 2022 | 50222
        D7 | Geceleme | Bilecik | 2022 | 80444"""),
    ("wgi.xlsx", GOVERNANCE, (), """
        C5 G5 | Estimate | China | 2021 2022 | 0.05 0.02
        E5 I5 | NumSrc | China | 2021 2022 | 10 10
        F5 J5 | Rank | China | 2021 2022 | 54.8 55.2
        C6 G6 | Estimate | Finland | 2021 2022 | 2.27 2.24
        E6 I6 | NumSrc | Finland | 2021 2022 | 9 9
        F6 J6 | Rank | Finland | 2021 2022 | 99.5 99.5"""),
)  # fmt: skip
