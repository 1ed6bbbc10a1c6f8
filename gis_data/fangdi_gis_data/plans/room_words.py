"""Words that tell what a text on a plan is: the name of a room, a title, a door, or a note."""

import re

# 房间名称的常用词尾 and, of other languages that drawings come in, whole words
_CHINESE_ROOMS = re.compile(
    r"室|厅|房|库|廊|走道|过道|通道|楼梯|电梯|扶梯|梯间|卫生间|洗手间|厕所|男卫|女卫|公卫|盥洗|茶水|开水|阳台|露台|平台|"
    r"厨|餐|食堂|仓|储藏|储物|机房|配电|强电|弱电|管井|水井|电井|风井|井道|前室|门斗|大堂|中庭|门厅|车位|车库|"
    r"办公|会议|档案|值班|接待|传达|岗亭|卧|客厅|书房|更衣|淋浴|活动|阅览|展|窗口|服务|处$|科$|部$|局$|院$|馆$|堂$|间$|中心$|办$|组$|队$|站$"
)
_ENGLISH = """
room rm office offices bed bedroom bdrm br bath bathroom kitchen kit dining living hall hallway corridor corr
lobby entry entrance foyer closet clo storage stor store pantry garage carport laundry utility util porch deck
patio balcony terrace toilet toil toilets wc restroom restrooms washroom lavatory lav meeting conference stair
stairs staircase stairwell elevator elev lift shaft duct mechanical mech electrical elec janitor jan study
library family great den nook master mstr guest suite wic lab laboratory classroom class reception waiting
cafeteria canteen cafe vault archive archives copy print printing server plant workshop studio gym basement
attic cellar vestibule loggia lounge bar shop chamber powder mud shower sauna cloak locker lockers break staff
manager director secretary cubicle open workspace passage landing ramp atrium auditorium theatre theater gallery
exhibition clinic exam treatment ward kitchenette pantries file files mail security guard control boiler pump
generator lecture seminar tutorial desk
"""
_SPANISH = """
cocina bano baño aseo dormitorio alcoba habitacion habitación recamara recámara sala comedor garaje terraza
estudio pasillo vestibulo vestíbulo oficina despacho almacen almacén bodega lavadero ropas escalera
"""
_FRENCH = """
cuisine chambre salon sejour séjour bureau couloir cave palier degagement dégagement
"""
_GERMAN = """
küche kueche bad zimmer flur büro buero wohnen wohnzimmer schlafen schlafzimmer kind kinderzimmer diele keller
lager treppe aufzug abstellraum besprechung technik
"""
_ROOMS = frozenset(f"{_ENGLISH}{_SPANISH}{_FRENCH}{_GERMAN}".split())
_TITLE = re.compile(
    r"平面|分户图|分层图|所在层|层数|丘号|幢号|坐落|立面|剖面|详图|大样|图例|说明|比例|图号|图名|图纸|设计|审核|校对|制图|日期|项目|工程|指北|层高|标高|"
    r"\b(?:plan|plans|scale|elevation|section|detail|legend|schedule|notes?|north|sheet|drawing|drawn|title|date|rev|"
    r"project|planta|escala|grundriss|ma[sß]stab)\b|\b1\s*[:/]\s*\d{2,4}\b",
    re.IGNORECASE,
)
_STEPS = re.compile(r"上|下|(?:up|dn|down|ref|refrig|dw|wd|w/d|w|d|o|wh|fau|hvac|typ\.?|temp\.?|eq\.?)", re.IGNORECASE)
_DOOR = re.compile(
    r"(?:[甲乙丙]?F?(?:M|C|LM|MC|MLC|TC|GC|JM|BM|TLM|JLM|YM|DK|BYC)[甲乙丙]?-?\d{3,5}[a-zA-Z'`]?)|"
    r"(?:门|窗)[-\d]+|\d{4,5}\s*(?:o\.?h\.?\s*door|[sfx]?[xho]{1,3}|s\.?g\.?d\.?|bi-?fold|b\.?f\.?|fx|pkt)\.?",
    re.IGNORECASE,
)
_HEIGHT = re.compile(r"[±+\-]?\d+\.\d{3}|[1-9]\d00|[hHiI]\s*=.*|(?:ffl|sfl|fl|bl|el)\.?\s*[:+=±-].*", re.IGNORECASE)

_SENTENCE_WORDS = "shall per see provide provided between typ min max for by with w/ must not above below"
_OF_SENTENCES = frozenset(_SENTENCE_WORDS.split())


def names_room(text: str) -> bool:
    """Return whether a text has the words of a room's name."""
    if _CHINESE_ROOMS.search(text) or text in ("卫", "厨", "井", "梯"):
        return True
    words = re.findall(r"[^\W\d_]+", text.lower().replace(".", ""))
    return any(word in _ROOMS for word in words)


def is_title(text: str) -> bool:
    """Return whether a text is the title of a drawing, or in its title block."""
    return _TITLE.search(text) is not None


def is_mark(text: str) -> bool:
    """Return whether a text marks steps, an appliance, a door, a window or a height."""
    return any(pattern.fullmatch(text) for pattern in (_STEPS, _DOOR, _HEIGHT))


def is_note(text: str) -> bool:
    """Return whether a text is too long to be the name of a room: a sentence."""
    chinese = sum("一" <= letter <= "鿿" for letter in text)
    if chinese > 16 or '"' in text:
        return True
    words = text.lower().replace(".", "").split()
    return not chinese and (len(text) > 32 or len(words) > 5 or not _OF_SENTENCES.isdisjoint(words))
