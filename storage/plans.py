"""Where plans are found: a name among those shipped, or the path of a file."""

from importlib import resources
from pathlib import Path

from rules.plan import Plan, PlanError, parse_plan


def load_plan(name_or_path: str) -> Plan:
    """Raises PlanError."""
    shipped = resources.files("plans") / f"{name_or_path}.toml"
    if "/" not in name_or_path and shipped.is_file():
        return parse_plan(shipped.read_text(encoding="utf-8"), name_or_path)
    path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        known = sorted(one.name.removesuffix(".toml") for one in resources.files("plans").iterdir())
        names = ", ".join(name for name in known if not name.startswith("_") and "." not in name)
        raise PlanError(
            name_or_path, [f"không có kế hoạch này; ghi đường dẫn tới một tệp .toml, hoặc một trong: {names}"]
        ) from None
    except UnicodeDecodeError:
        raise PlanError(name_or_path, ["tệp phải viết bằng UTF-8"]) from None
    return parse_plan(text, name_or_path)


def text_of(plan_code: str) -> str | None:
    """The document itself, of a shipped plan; None: only its data are known."""
    shipped = resources.files("plans") / f"{plan_code}.txt"
    return shipped.read_text(encoding="utf-8") if shipped.is_file() else None
