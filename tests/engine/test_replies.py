from bot.engine.replies import Button, Reply, payload, rows


def labels(*names: str) -> list[list[str]]:
    return [[button.label for button in row] for row in rows([Button(name) for name in names])]


def test_two_a_row_and_long_ones_alone() -> None:
    assert labels("a", "b", "c") == [["a", "b"], ["c"]]
    assert labels("a", "một nhãn dài hơn mười tám chữ", "b", "c") == [
        ["a"],
        ["một nhãn dài hơn mười tám chữ"],
        ["b", "c"],
    ]


def test_a_keyboard_that_asks_for_a_contact_is_never_an_edit() -> None:
    assert "replace" not in payload(Reply("x", contact_label="y"), [], "5")
    assert payload(Reply("x"), [], "5")["replace"] == "5"
    assert "replace" not in payload(Reply("x", replaces=False), [], "5")
