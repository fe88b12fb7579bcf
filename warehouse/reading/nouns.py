"""What is counted: the noun phrase beside a number, in English (after it, or the subject before it) and in Chinese."""
# ruff: noqa: E501, SIM905 - a pattern stays on one line; a list of words reads best as text

from __future__ import annotations

import re

_STOP = frozenset(
    """in at on by for from with to across through during over under between among within since as than per into via
    including include includes or but nor so yet while whereas whose who whom which that when where after before until
    is are was were be been being has have had having do does did will would can could may might shall should must
    not also now then the its their his her our this these those it they we he she about around against toward towards
    throughout without despite because due along outside inside beyond amid near behind upon according respectively
    began begin begins remain remains take took takes joined sold landed carried came went made opened closed moved attended
    ride rode run runs ran use uses used share spread operate operates serve serves study watched took work works live lives logged
    and there here each every today yesterday overall altogether if a an every alone
    expected compared based worth up down ago visited took settled become became help helped make makes leave left call welcome
    stood stand stands reach reaches reached rise rose fell grew more less all both planned registered""".split()
)
_ADJECTIVE_ED = frozenset(
    """funded invested registered listed certified licensed related integrated recommended planned registered used
    protected skilled advanced renovated restored accredited designated dedicated authorised authorized affiliated
    owned foreign-funded foreign-invested privately-owned state-owned fixed unused combined united newly-registered shared
    electrified automated completed connected marked signed qualified disabled retired elected named chartered""".split()
)
_PLURAL_ODD = frozenset(
    """people children men women staff personnel police media alumni species aircraft series fish headquarters cattle
    sheep criteria phenomena data livestock seamen freshmen businessmen businesswomen sportsmen clergy poultry
    spacecraft stadia fora curricula consortia feet hotspots""".split()
)
_SINGULAR_S = re.compile(r"(?:ss|us|is|'s|(?:om|ys|it|et|ist|on|at|chan|ron|the?m|him)ics)$")
_MODIFIER_S = frozenset(
    "sports goods services arts overseas business customs sales savings headquarters news sciences logistics communications Paralympics games".split()
)
_ALSO = re.compile(
    r"(?:, (?:[a-z-]+ ){0,2}[a-z-]+s){0,3},? and (?!\d|the\b)(?:[a-z-]+ ){0,2}[a-z-]+s\b(?! (?:were|are|have|had|will)\b)"
)
LONGEST = 11
"""A noun phrase has no more words than this."""
_LEADING = frozenset("the its their these all a such more additional new".split())
_HOW_OFTEN = frozenset("daily yearly annually weekly monthly".split())
_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f'&/-]*|\d[\d,.]{0,20}%?|\([^()]{1,30}\)|\"|.", re.DOTALL)
_ARTICLE = re.compile(
    r"^(?:the|a|an|of|total|number|its|our|their|this|that|these|such|some|all|new|so|and|but|while|with|as|by|in|at|on|for|meanwhile|currently|today|here|also|now|then)\b[ ,]*",
    re.IGNORECASE,
)
_TRANSITIVE = re.compile(
    r"(?:expand|increas|rais|improv|bring|brought|extend|boost|rais|cut|reduc|lift|grew|grow|took|tak)", re.IGNORECASE
)
_TO_END = re.compile(
    r" (?:up |down )?to(?: (?:a|the|record|total|of|about|around|nearly|over|more|than))* ?$", re.IGNORECASE
)
_BARE = re.compile(
    r"^ *(?:its|the|their|our|(?:total |overall )?number of|a|an)\b(?: number of)?(?: the| its)? *", re.IGNORECASE
)
_NUMBER_OF = re.compile(
    r"\b(?:total |overall |combined |annual |aggregate )?(?:number|count|amount|volume|stock|tally|sum|total)s? of (?:the |its |all )?",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|can|could|should|be|been|reach(?:es|ed|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|total(?:s|led|ed|ling|ing)|"
    r"number(?:s|ed|ing)|hit|hits|stood|stands?|came|comes?|amount(?:s|ed)|rose|risen|rises?|increas(?:es|ed|ing)|grew|grown|grows?|fell|falls?|fallen|dropped|drops|climbed|climbs|went|gone|now|up|down|"
    r"topp(?:ed|ing)|tops|broke|broken|pass(?:ed|es)|cross(?:ed|es)|account(?:s|ed)|made|makes?|recorded|posted|saw|expanded|improv(?:ed|es)|declin(?:ed|es)|decreas(?:ed|es)|jumped|surged|soared|doubled|remain(?:s|ed)|"
    r"hosting|hosted|averag(?:ed|es)|extend(?:s|ed)?|cover(?:s|ed)?|contribut(?:es|ed)|suppl(?:y|ies|ied)|scored|bring(?:s|ing)|brought|set|takes?|took|cost|costs|shrank|slipped|accelerated|maintained|achiev(?:ed|es)|amid|towards?|worth)\b",
    re.IGNORECASE,
)

_ZH_STOP = re.compile(
    r"[，。；：、！？\n()\"《》:,;]|达到|达|为|在|是|于|与|和|及|将|已|均|都|共|占|同比|环比|增长|增至|下降|超过|突破|落户|入驻|参会|参展|参加|参与|出席|投入|实现|完成|建成|开通|运营|通车|通过|享受|受益|前来|赴|同台|同场|冲线|如期|面向|扩大|上线|开设|开业|乘|获|得到|需要|建有|拥有|设有|从事|设立|来自|覆盖|惠及|支持|任教|选择|退出|封顶|竣工|到场|开工|步行|以上|左右|以内|的(?=$|[，。；])|了(?=[^\u4e00-\u9fff]|$)|待|完工|交付|启用|投用|就业|到(?=[^\u4e00-\u9fff])"
)
_ZH_TAIL = re.compile(
    r"(?:(?:累计|已经?|共|总共|合计|总计|目前|现|达到?|为|有|现有|共有|拥有|建有|设有|约|超过?|突破|逾|近|接近|实现|完成|增至|增加到?|增长到?|升至|提高到?|提升到?|上升到?|下降到?|降至|减少到?|减少至|缩短至|扩大到?|达成|了|的|是|至|到|由|从|首次|年均|同比|环比|比上年|较上年|比|较|增长|下降|上升|提高|提升|增加|减少|分别|预计|将|力争|不足|不到|不低于|不超过|多达|高达|占比|占|\d[\d.,%万亿]*|全部|超|破|高于|低于)\s*)+$"
)
_ZH_LEAD = re.compile(
    r"^(?:(?:其中|目前|截至目前|今年以来|去年|今年|全年|全市|全区|全县|本市|我市|该市|该区|我们|同时|此外|另外|累计|新增|已|共|与|比|较|以来|期间|末相比|相比|来自|随着|近年来|，|的|\"|年|月|日|底|末|\s|上半年|一季度|截至|至|在|到)\s*)+"
)
_ZH_VERBS = re.compile(
    r"(?:建成|建有|拥有|设立|设置|累计|共有|共|吸引|引进|集聚|接待|举办|培育|开通|开设|开办|实现|完成|发放|新增|新设|新开|认定|落户|来自|登记|惠及|保障|供应|吸纳|培训|受理|签约|救助|修缮|孵化|改造|关闭|建设|帮扶|授权|开行|办结|上线|配备|资助|容纳|覆盖|植树|计划|拟|力争|预计|将|已|现有|有|向|与|为|在|达到?|是|通车|使用|引入|授予|新认定|评选|打造|开展|发布|推出|带动|投入|带来|销往|运营|支持|参加|派出|安置|解决|查处|检查|处理|清理|出台|制定|创建|获评|入选|提供|入驻|办理|接入|布局|规划|推进|实施|启动|储备)"
)


def plural(token: str) -> bool:
    """Whether an English word looks like a plural noun."""
    word = token.rsplit("-", 1)[-1].lower()
    return word in _PLURAL_ODD or (len(word) > 2 and word.endswith("s") and not _SINGULAR_S.search(word))


def singular(token: str) -> str:
    """An English noun without its plural ending, lower case."""
    word = token.lower().rsplit("-", 1)[-1].removesuffix("'s")
    if word in ("people", "persons"):
        return "person"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1] if plural(word) and word.endswith("s") else word


def right(text: str, at: int, limit: int) -> tuple[str, str, int]:
    """(phrase, head, end) of the English noun phrase that begins at `at`; ("", "", at) when there is none.

    It ends at the first word that cannot belong to it: a preposition, a verb, a mark; "and" joins adjectives only;
    one "of" with its noun is taken in.
    """
    words: list[str] = []
    end, head = at, ""
    stop = min(limit, at + 110)
    tokens = [(m.group(), m.end()) for m in _TOKEN.finditer(text, at, stop)]
    for index, (token, token_end) in enumerate(tokens):
        following = next((t for t, _ in tokens[index + 1 :] if not t.isspace()), "")
        if len(words) == LONGEST:
            break
        if _kept(token, words, head, following):
            words.append(token)
        elif _passed_over(token, words, head, following):
            continue
        elif token.lower() == "of" and head and following[:1].isalpha():
            rest, _, rest_end = right(text, token_end, min(limit, token_end + 60))
            if rest:
                return f"{' '.join(words)} of {rest}", head, rest_end
            break
        elif _ends(token, words, head, following):
            break
        else:
            words.append(token)
            end = token_end
            if plural(token) and token.lower() not in _MODIFIER_S:
                head = token
                if not _goes_on(following):
                    also = _also(text, end, stop)
                    return " ".join([*words, *([also.strip()] if also else [])]), head, end + len(also)
    return (" ".join(words), head or words[-1], end) if words else ("", "", at)


def _kept(token: str, words: list[str], head: str, following: str) -> bool:
    """Whether a token is part of a noun phrase without being able to close it."""
    lower = token.lower()
    if not words:
        return lower in _LEADING and lower in ("such", "new", "additional")
    if token.startswith("("):
        return not head
    if lower == "and":
        return not plural(words[-1]) and following[:1].isalpha() and following.lower() not in _STOP
    return token[0].isdigit() and words[-1][0].isupper() and len(token) < 6


def _passed_over(token: str, words: list[str], head: str, following: str) -> bool:
    """Whether a token is left out of a noun phrase that goes on behind it: blanks, quotes, articles, a listing comma."""
    lower = token.lower()
    if token == "," and words and not head:
        return not plural(words[-1]) and following[:1].islower() and following.lower() not in _STOP
    if token == "\n":
        return False
    return token.isspace() or token[0] in '-"(' or (not words and (lower == "of" or lower in _LEADING))


def _ends(token: str, words: list[str], head: str, following: str) -> bool:
    """Whether a noun phrase is over before a token."""
    lower = token.lower()
    if not token[0].isalpha() or (lower in _STOP and (head or lower not in _ADJECTIVE_ED)):
        return True
    if lower in _HOW_OFTEN and not (following[:1].isalpha() and following.lower() not in _STOP):
        return True
    if head:
        return lower.endswith(("ed", "ing", "ly")) or not (plural(token) or _noun_like(lower, following))
    verb = lower.endswith("ed") and lower not in _ADJECTIVE_ED and len(lower) > 4
    return verb and bool(words) and plural(words[-1])


def _noun_like(lower: str, following: str) -> bool:
    return following[:1].isalpha() and plural(following) and lower not in _STOP


def _goes_on(following: str) -> bool:
    """Whether another plural noun, or an "of", follows a plural noun at once."""
    lower = following.lower()
    return lower == "of" or _noun_like(lower, following)


def _also(text: str, end: int, stop: int) -> str:
    """The plural nouns listed behind a plural noun, with what joins them; "" when there are none."""
    listed = _ALSO.match(text, end, stop)
    nouns = re.split(r",(?: and)? ?|\band ", listed.group()) if listed else []
    return listed.group() if listed and all(plural(n.split()[-1]) for n in nouns if n.strip()) else ""


def left(text: str, low: int, at: int) -> str:
    """The English subject before a number: the words ahead of the last verb, without articles and "the number of"."""
    piece = text[max(low, at - 160) : at]
    cut = (
        re.split(r"[;:|]|\. | - ", piece)[-1]
        if not piece.rstrip().endswith((":", "|"))
        else piece.rstrip(" :|").split("\n")[-1]
    )
    cut = re.split(r"[;]", cut)[-1]
    verbs = list(_VERB.finditer(cut))
    moved = verbs[-1] if verbs else None
    if moved is not None and _TRANSITIVE.match(moved.group()):
        rest = _TO_END.sub("", cut[moved.end() :])
        thing = _BARE.sub("", re.split(r"(?:^| )(?:at|in|on|from|across|by|under) ", rest)[0]).strip()
        if rest != cut[moved.end() :] and len(thing) > 2:
            return thing[-90:]
    subject = cut[: verbs[0].start()] if verbs and cut[: verbs[0].start()].strip(" ,") else cut
    for verb in verbs:
        head = cut[: verb.start()].strip(" ,")
        if len(head) > 2:
            subject = head
    counted = list(_NUMBER_OF.finditer(subject))
    if counted:
        subject = subject[counted[-1].end() :]
    pieces = [part.strip(" \"'") for part in re.split(r",(?!\d{3})", subject) if part.strip(" \"'")]
    subject = pieces[-1] if pieces else ""
    for _ in range(6):
        shorter = _ARTICLE.sub("", subject)
        if shorter == subject:
            break
        subject = shorter
    return subject.strip()[-90:]


def chinese(text: str, low: int, start: int, end: int, high: int) -> tuple[str, str]:
    """(noun after the measure word, noun before the number) of a Chinese figure; either may be empty."""
    tail = text[end : min(high, end + 26)].lstrip(" ")
    tail = re.sub(r"^(?:以上|以下|左右|上下|以内|多|余|的|之多|有余)+", "", tail)
    stop = _ZH_STOP.search(tail)
    after = (tail[: stop.start()] if stop else tail).strip(" 的")
    head = re.split(r"[，。；！？\n、,;()]|(?<!\d):", text[max(low, start - 60) : start])
    before = head[-1] if head[-1].strip() or len(head) < 2 else (head[-2] if text[start - 1] in ":(" else "")
    before = _ZH_LEAD.sub("", _ZH_TAIL.sub("", before.strip()))
    pieces = [piece for piece in _ZH_VERBS.split(before) if piece]
    noun = pieces[-1] if pieces and not _ZH_VERBS.fullmatch(pieces[-1]) else ""
    return after if re.match(r"[A-Za-z\u3400-\u9fff]", after) else "", noun.strip(" 的了")
