"""What is wrong about a parameter, in Chinese beside the English of the library that checks it (pydantic)."""

from collections.abc import Mapping
from typing import Any, Literal

_CHINESE: Mapping[str, str] = {
    "missing": "缺少此项",
    "greater_than": "须大于 {gt}",
    "greater_than_equal": "不得小于 {ge}",
    "less_than": "须小于 {lt}",
    "less_than_equal": "不得大于 {le}",
    "finite_number": "须为有限的数",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "格式不正确",
    "string_unicode": "含有无法识别的字符",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "enum": "须为以下之一:{expected}",
    "literal_error": "须为以下之一:{expected}",
    "extra_forbidden": "没有此项",
    "json_invalid": "不是有效的 JSON",
    "model_attributes_type": "须为 JSON 对象",
}
"""By the kind of fault; what stands in braces is in its context."""

_KINDS: Mapping[str, str] = {
    "int": "须为整数",
    "float": "须为数字",
    "decimal": "须为数字",
    "bool": "须为 true 或 false",
    "date": "须为日期,如 2026-01-31",
    "datetime": "须为日期或时间,如 2026-01-31",
    "string": "须为文字",
    "list": "须为列表",
    "dict": "须为 JSON 对象",
    "model": "须为 JSON 对象",
}
"""By the kind of value that the fault's own name begins with, as `int_parsing`."""


def in_both_languages(fault: Mapping[str, Any]) -> str:
    """Return what is wrong in Chinese and in English, or as it is where we have no Chinese for it."""
    message, kind = str(fault["msg"]), str(fault["type"])
    chinese = _CHINESE.get(kind) or _KINDS.get(kind.partition("_")[0])
    if chinese is None:
        return message
    context = {name: _written(value) for name, value in (fault.get("ctx") or {}).items()}
    return f"{chinese.format_map(context)}。 {message}"


def _written(value: object) -> object:
    """Write a limit as people do: 100000000.0 as 100,000,000."""
    return f"{value:,.15g}" if isinstance(value, float) else value


def language(message: str, which: Literal["zh", "en"]) -> str:
    """Return one language of a message in both, without its full stop; all of a message in one."""
    chinese, pause, english = message.partition("。 ")
    return (chinese if which == "zh" or not pause else english).removesuffix(".")
