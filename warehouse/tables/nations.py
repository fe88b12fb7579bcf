"""Names of countries in the languages of the tables: enough to tell a column of places from one of things."""

from __future__ import annotations

import re

_NAMES = """
china, india, japan, germany, france, italy, spain, portugal, austria, belgium, bulgaria, croatia, cyprus, czechia
denmark, estonia, finland, greece, hungary, ireland, latvia, lithuania, luxembourg, malta, netherlands, poland
romania, slovakia, slovenia, sweden, norway, switzerland, iceland, turkey, türkiye, russia, ukraine, serbia, albania
algeria, angola, argentina, armenia, australia, azerbaijan, bangladesh, belarus, bolivia, brazil, cambodia, cameroon
canada, chile, colombia, cuba, ecuador, egypt, ethiopia, georgia, ghana, indonesia, iran, iraq, israel, jamaica
jordan, kazakhstan, kenya, kuwait, laos, lebanon, libya, malaysia, mexico, mongolia, morocco, myanmar, nepal, nigeria
pakistan, panama, paraguay, peru, philippines, qatar, singapore, thailand, tunisia, uganda, uruguay, uzbekistan
venezuela, zambia, zimbabwe, afghanistan, vietnam, viet nam, new zealand, south africa, south korea, korea
korea; rep., republic of korea, united states, united states of america, united kingdom, saudi arabia
united arab emirates, sri lanka, czech republic, russian federation, hong kong, european union, world, europe, asia
africa, england, scotland, wales, northern ireland
deutschland, frankreich, italien, spanien, österreich, schweiz, niederlande, polen, vereinigtes königreich, kroatien
allemagne, italie, espagne, suisse, belgique, royaume-uni, états-unis, chine, japon, pays-bas, inde, brésil
alemania, francia, italia, españa, suiza, reino unido, estados unidos, brasil, brasilien, alemanha, polska, rosja
россия, германия, франция, китай, япония, италия, испания, российская федерация
中国, 美国, 日本, 韩国, 德国, 法国, 英国, 俄罗斯, 意大利, 西班牙, 加拿大, 澳大利亚, 新加坡, 马来西亚, 泰国
印度, 印度尼西亚, 菲律宾, 越南, 巴西, 墨西哥, 香港, 澳门, 台湾, 荷兰, 瑞士, 瑞典
アメリカ, 米国, イギリス, フランス, ドイツ, 韓国, 台湾, 全国
일본, 중국, 미국, 대만, 홍콩, 전국, 美國, 韓國, 新加坡, 馬來西亞
"""
NATIONS = frozenset(
    name.strip().replace(";", ",") for line in _NAMES.splitlines() for name in line.split(",") if name.strip()
)


def is_nation(label: str) -> bool:
    """Whether the label is a country's name, footnote marks and a bracket behind it aside."""
    said = re.sub(r"\s*(?:[*¹²³]+|\([^)]*\)|\d+\))$", "", label).strip().casefold()
    return said in NATIONS
