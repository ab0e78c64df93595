"""One page has many spellings: which links are the same, and what is no link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.links import link_alone, read_link

PAGE = "baothanhhoa.vn/thoi-su/hoc-tap-nghi-quyet-01.htm"


@pytest.mark.parametrize(
    ("label", "typed", "same"),
    [
        ("scheme", f"http://{PAGE}", f"https://{PAGE}"),
        ("no scheme", PAGE, f"https://{PAGE}"),
        ("www", f"https://www.{PAGE}", f"https://{PAGE}"),
        ("the telephone's page", "https://m.facebook.com/tinhdoan/posts/1", "https://facebook.com/tinhdoan/posts/1"),
        ("another name", "https://fb.com/tinhdoan", "https://www.facebook.com/tinhdoan/"),
        ("case of the host", f"HTTPS://BaoThanhHoa.VN{PAGE.removeprefix('baothanhhoa.vn')}", f"https://{PAGE}"),
        ("slash", f"https://{PAGE}/", f"https://{PAGE}"),
        ("fragment", f"https://{PAGE}#binh-luan", f"https://{PAGE}"),
        ("fbclid", f"https://{PAGE}?fbclid=IwAR0", f"https://{PAGE}"),
        ("utm", f"https://{PAGE}?utm_source=zalo&utm_medium=x", f"https://{PAGE}"),
        ("empty query", f"https://{PAGE}?", f"https://{PAGE}"),
        ("order", "https://a.vn/x?b=2&a=1&fbclid=3", "https://a.vn/x?a=1&b=2"),
        ("usual port", f"https://{PAGE.replace('.vn/', '.vn:443/')}", f"https://{PAGE}"),
        ("escapes", "https://a.vn/h%E1%BB%8Dc", "https://a.vn/học"),
        ("in a sentence", f"Mời xem (https://{PAGE}).", f"https://{PAGE}"),
        ("invisible letters", f"\u200bhttps://{PAGE}\ufeff", f"https://{PAGE}"),
    ],
)  # fmt: skip
def test_the_same_page(label: str, typed: str, same: str) -> None:
    one, other = read_link(typed), read_link(same)
    assert one is not None, label
    assert other is not None, label
    assert one.key == other.key, label


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/BaiMot", "https://a.vn/baimot"),
        ("https://a.vn/x?id=1", "https://a.vn/x?id=2"),
        ("https://a.vn:8080/x", "https://a.vn/x"),
        ("https://tin.a.vn/x", "https://a.vn/x"),
        ("https://m.vn/x", "https://vn.vn/x"),
        ("https://a.vn/x?a=1", "https://a.vn/x?b=1"),
    ],
)
def test_other_pages(one: str, other: str) -> None:
    first, second = read_link(one), read_link(other)
    assert first is not None
    assert second is not None
    assert first.key != second.key


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "không có",
        "báo Thanh Hóa",
        "https://",
        "https:///bai",
        "https://localhost/x",
        "https://10.0.0.1/x",
        "ftp://a.vn/x",
        "javascript:alert(1)",
        "https://facebook.com@ke-xau.vn/x",
        "tuyengiao@tinhdoan.vn",
        "https://a.vn:cổng/x",
        "https://[a.vn/x",
        "https://a.vn/%00",
        "https://a.vn/1 https://a.vn/2",
        "12/11",
        "45/50",
    ],
)
def test_no_link(typed: str) -> None:
    assert read_link(typed) is None


def test_what_only_tracks_is_not_kept() -> None:
    link = read_link("https://www.Facebook.com/Tinh/posts/1/?story=2&fbclid=x&mibextid=y#c")
    assert link is not None
    assert link.url == "https://www.facebook.com/Tinh/posts/1/?story=2"


@pytest.mark.parametrize(
    ("typed", "alone"),
    [
        (f" https://{PAGE}\n", True),
        (PAGE, False),
        (f"xem https://{PAGE}", False),
        ("12/11 45/50, đủ tài liệu", False),
    ],
)
def test_a_link_alone(typed: str, alone: bool) -> None:
    assert (link_alone(typed) is not None) is alone


@given(
    st.one_of(
        st.text(), st.text().map(lambda text: f"https://{text}"), st.text().map("https://a.vn/{}".format)
    )
)
def test_whatever_is_typed(text: str) -> None:
    link = read_link(text)
    if link is not None:
        again = link_alone(link.url)
        assert again is not None
        assert again.key == link.key
        assert link.url.startswith(("http://", "https://"))
