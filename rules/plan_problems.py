"""What is wrong with a plan's file, in Vietnamese, for whoever wrote it: each line names the key."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

_TOLD = {
    "bool_parsing": "phải là true hoặc false",
    "bool_type": "phải là true hoặc false",
    "dict_type": "phải là một bảng",
    "enum": "phải là một trong: {expected}",
    "extra_forbidden": "không có mục này; xem lại chính tả",
    "float_parsing": "phải là một số",
    "float_type": "phải là một số",
    "greater_than_equal": "phải từ {ge} trở lên",
    "int_from_float": "phải là một số nguyên",
    "int_parsing": "phải là một số nguyên",
    "int_type": "phải là một số nguyên",
    "less_than_equal": "nhiều nhất là {le}",
    "literal_error": "phải là một trong: {expected}",
    "missing": "còn thiếu",
    "model_type": "phải là một bảng",
    "string_pattern_mismatch": "chỉ gồm chữ thường không dấu, số và dấu nối",
    "string_too_long": "nhiều nhất {max_length} ký tự",
    "string_too_short": "ít nhất {min_length} ký tự",
    "string_type": "phải là một chuỗi chữ",
    "too_short": "phải có ít nhất {min_length} mục",
    "tuple_type": "phải là một danh sách",
}


_WHERE = re.compile(r"line (\d+), column (\d+)")


def syntax_problem(error: tomllib.TOMLDecodeError) -> str:
    where = _WHERE.search(str(error))
    place = f"dòng {where[1]}, cột {where[2]}" if where else "cuối tệp"
    return f"{place}: chưa đúng cú pháp TOML"


def problems_of(error: ValidationError) -> list[str]:
    return [line for one in error.errors() for line in _lines(one)]


def _lines(problem: Mapping[str, Any]) -> list[str]:
    if not problem["loc"]:
        return str(problem["msg"]).removeprefix("Value error, ").split("\n")
    kind, facts = str(problem["type"]), problem.get("ctx", {})
    if kind.startswith("date"):
        told = "phải là một ngày, ví dụ 2018-12-30"
    elif kind.startswith("time"):
        told = "phải là một giờ, ví dụ 07:30:00"
    else:
        told = _TOLD.get(kind, "chưa đúng").format_map({key: _vi(fact) for key, fact in facts.items()})
    return [f"{key_of(problem['loc'])}: {told}"]


def _vi(fact: object) -> str:
    return str(fact).replace(" or ", ", ")


def key_of(path: tuple[int | str, ...]) -> str:
    """`duties[2].held_before.branch`"""
    key = ""
    for part in path:
        if isinstance(part, str) and part.startswith("["):  # "[key]", or which of several forms it has
            continue
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else part
    return key
