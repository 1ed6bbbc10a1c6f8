"""What counts as idle (闲置) and under-used (低效使用): a rule that deployments and jurisdictions lay down, in words.

No official definition was found. 湖北省细则 第五条 lists cases and no duration; so the rule is data, with its source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fangdi.domain.common import Definition
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.versions import begins_after, keeps_the_past
from fangdi.domain.vocabulary import RoomStatus
from fangdi.errors import InvalidInputError

STATUS_NAMES: Mapping[RoomStatus, Definition] = {
    RoomStatus.REPAIR: Definition("维修", "under repair"),
    RoomStatus.RESERVED: Definition("预留", "reserved"),
    RoomStatus.HANDED_OVER: Definition("移交", "handed over"),
}


@dataclass(frozen=True, slots=True)
class IdleRule:
    """One version of the rule. `uses` None are all that are assigned to agencies; the period's end is exclusive.

    `m2_per_head` and `seat_share` (of 1) say what is under-used; None leaves that aside.
    """

    id: int = 0
    jurisdiction: str | None = None
    min_days: int = 0
    uses: tuple[str, ...] | None = None
    statuses: tuple[RoomStatus, ...] = tuple(RoomStatus)
    period_months: int = 3
    m2_per_head: float | None = None
    seat_share: float | None = None
    source: str = ""
    verification: Verification = Verification.MEMORY
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )

    @property
    def idle_part(self) -> tuple[int, tuple[str, ...] | None, tuple[RoomStatus, ...]]:
        """What of it says which rooms are idle."""
        return self.min_days, self.uses, self.statuses


DEFAULT = IdleRule(source="随系统提供的默认规则;未见“闲置”的官方定义")
"""What holds where nobody has laid down anything."""


@dataclass(frozen=True, slots=True)
class RuledPlaces:
    """A rule and the jurisdictions in which it says what is idle; `places` None: everywhere."""

    rule: IdleRule
    places: tuple[str, ...] | None


def nearest(rules: Iterable[IdleRule], path: Sequence[str]) -> IdleRule:
    """Return the rule of the nearest jurisdiction on the way from the uppermost down; else the one for all."""
    by_place = {rule.jurisdiction: rule for rule in rules}
    return next((by_place[code] for code in reversed(path) if code in by_place), by_place.get(None, DEFAULT))


def ruled(
    rules: Sequence[IdleRule], paths: Mapping[str, Sequence[str]], *, within: Sequence[str] | None
) -> tuple[RuledPlaces, ...]:
    """Return which rule says in which jurisdictions what is idle; rules that say the same stand together.

    `paths` leads to every jurisdiction there is from the uppermost down; `within` are those asked about, None all.
    """
    if len({rule.idle_part for rule in rules}) <= 1:
        return (RuledPlaces(rules[0] if rules else DEFAULT, None if within is None else tuple(within)),)
    places: dict[tuple[object, ...], list[str]] = {}
    of_part: dict[tuple[object, ...], IdleRule] = {}
    for code in paths if within is None else within:
        rule = nearest(rules, paths[code])
        places.setdefault(rule.idle_part, []).append(code)
        of_part.setdefault(rule.idle_part, rule)
    if len(places) == 1 and within is None:
        return (RuledPlaces(next(iter(of_part.values())), None),)
    return tuple(RuledPlaces(of_part[part], tuple(codes)) for part, codes in places.items())


def definition(
    found: Sequence[RuledPlaces], *, uses: Mapping[str, Definition], places: Mapping[str, str]
) -> Definition:
    """Say in words what is idle; where several rules are in force, what each says and where."""
    said = [_in_words(one.rule, uses) for one in found]
    if len(found) == 1:
        zh, en = said[0].zh, said[0].en
    else:
        where = ["、".join(places.get(code, code) for code in one.places or ()) for one in found]
        zh = ";".join(f"{name}:{one.zh}" for name, one in zip(where, said, strict=True))
        en = "; ".join(f"{name}: {one.en}" for name, one in zip(where, said, strict=True))
    return Definition(
        f"闲置房间:{zh};公用部位不算闲置。{_SINCE.zh}", f"Idle: {en}; common parts are never idle. {_SINCE.en}"
    )


_SINCE = Definition(
    zh="闲置起始日为最近一次使用或停用状态结束之日,没有则为房间启用之日,再没有则为建档以来。",
    en="Idle since the day the last use or status ended, else since the room exists, else since records begin.",
)
_NOTHING = Definition("", "")


def _in_words(rule: IdleRule, uses: Mapping[str, Definition]) -> Definition:
    use, days, without = _use(rule, uses), _days(rule), _without(rule)
    return Definition(
        f"基准日存在、{use.zh}、无单位使用{days.zh}{without.zh}",
        f"the room exists on the date, {use.en}, no agency uses it{days.en}{without.en}",
    )


def _use(rule: IdleRule, uses: Mapping[str, Definition]) -> Definition:
    if rule.uses is None:
        return Definition("用途可分配", "its use is assignable")
    names = [uses.get(code, Definition(code, code)) for code in rule.uses]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return Definition(f"用途为{zh}", f"its use is one of {en}")


def _days(rule: IdleRule) -> Definition:
    days = rule.min_days
    return Definition(f"已满 {days} 天", f" for at least {days} days") if days else _NOTHING


def _without(rule: IdleRule) -> Definition:
    names = [STATUS_NAMES[status] for status in RoomStatus if status in rule.statuses]
    if not names:
        return Definition("的房间", "")
    *others, last = names
    if not others:
        return Definition(f",且未在{last.zh}中的房间", f", and it is not {last.en}")
    zh, en = "、".join(one.zh for one in others), ", ".join(one.en for one in others)
    return Definition(f",且未在{zh}或{last.zh}中的房间", f", and it is neither {en} nor {last.en}")


def check(wanted: IdleRule, standing: Sequence[IdleRule], *, today: date) -> IdleRule | None:
    """Return the version that a new one ends, if any; raise InvalidInputError where it may not be entered."""
    begins = wanted.valid_from
    if begins is None:
        raise InvalidInputError("请填写生效日期。 Say from which day the rule holds.", place={"field": "valid_from"})
    if wanted.uses is not None and not wanted.uses:
        raise InvalidInputError("请至少选择一种用途。 Choose one use at least.", place={"field": "use_codes"})
    same = [rule for rule in standing if rule.jurisdiction == wanted.jurisdiction]
    begins_after(begins, (rule.valid_from for rule in same))
    keeps_the_past(begins, today)
    return next((rule for rule in same if rule.holds_on(begins)), None)


def asking_for(rule: IdleRule, *, min_days: int | None) -> IdleRule:
    """Return the rule with the days that somebody asks for besides: whichever are more."""
    return rule if min_days is None or min_days <= rule.min_days else replace(rule, min_days=min_days)
