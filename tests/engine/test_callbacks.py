import pytest

from bot import callbacks


def test_both_kinds_are_read_back() -> None:
    assert callbacks.read(callbacks.conversation_data(12, 3, "p77")) == callbacks.InConversation(12, 3, "p77")
    assert callbacks.read(callbacks.standing_data("doc", "4.final_report")) == callbacks.Standing(
        "doc", "4.final_report"
    )


@pytest.mark.parametrize(
    "forged", ["", "x", "c1", "c1.2", "cx.2.yes", "c1.x.yes", "s", "c-1.2.yes", "ĉ1.2.y"]
)
def test_what_this_bot_never_wrote_is_nothing(forged: str) -> None:
    assert callbacks.read(forged) is None


def test_what_would_not_fit_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        callbacks.standing_data("doc", "ấ" * 40)


@pytest.mark.parametrize(
    ("argument", "number"),
    [("12", 12), ("", None), ("-1", None), ("1.2", None), ("١٢", None), ("9" * 16, None), ("abc", None)],
)
def test_an_id_in_a_button(argument: str, number: int | None) -> None:
    assert callbacks.read_id(argument) == number
