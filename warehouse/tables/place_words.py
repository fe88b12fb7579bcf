"""Whether a label is a place: by the catalogue, by the lists of countries and regions, by the word it ends with."""

from __future__ import annotations

import re

from warehouse.catalogue import Catalogue
from warehouse.tables.layout import tidy
from warehouse.tables.nations import is_nation, is_region
from warehouse.tables.units import take_unit

_PLACE = re.compile(
    r"(?:(?:республика|г\.|город|district of|county of|city of|provinsi|wilayah|tp\.?|tỉnh) .+|"
    r".+ (?:область|край|округ|республика|voivodeship|province|county|district|prefecture|governorate|oblast|region))|"
    r".*(?:省|市|区|县|縣|自治区|州|盟|旗|街道|乡|镇|开发区|特别市|都|道|府|県)$|(?:北京|上海|天津|重庆|广州|深圳|全国|全市)$|"
    r".*(?:특별시|광역시|특별자치[시도])$"
)


def looks_like_place(label: str, catalogue: Catalogue) -> bool:
    """Whether a label is a place: one the catalogue knows, a country, a region, or a word that ends like one."""
    if take_unit(label)[0]:
        return False
    tight, name = re.sub(r"\s", "", label), tidy(label)
    return (
        bool(_PLACE.match(tight) or _PLACE.fullmatch(name.casefold()))
        or is_nation(name)
        or is_region(name)
        or catalogue.has_entity(name)
    )
