"""What is made fit to be shown, and real words of many scripts, which stay as they are."""

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.boundary.legible import legible

REAL = (
    "ศักดิ์สิทธิ์ น้ำ ที่ ปี่ชวา เก้าอี้ กตัญญู วันพฤหัสบดีที่ ๑๒",
    "ສະບາຍດີ ເຊື່ອ ນ້ຳ ຜູ້ຊ່ຽວຊານ",
    "Nguyễn Thị Hồng Ánh – cố vấn, chuyện nghề nghiệp",
    "ကျွန်တော် မြန်မာဘာသာ လျှို့ဝှက်ချက် သင်္ဘော ဩဇာ ကြွေးကြော်သံ ဦးလှမြင့်",
    "ស្ត្រី លក្ស្មី ប៊ិច សំណួរ\u200bដំបូន្មាន កញ្ញា\u200bវិទ្យាល័យ ខ្ញុំ\u200bស្រឡាញ់ ព្រះសម្មាសម្ពុទ្ធ ហ៊្វុយ",
    "தமிழ் நட்பு ஸ்ரீலங்கா வழிகாட்டி க்ஷேத்திரம்",
    "བོད་སྐད། བརྒྱུད་པ། མྱོང་གྲོལ། ཧཱུྃ ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ ཧྐྵྨླྺྲྱྂ བསྒྲུབས",
    "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים יִשְׂרָאֵֽל שָׁלוֹם ירושלים",
    "مُحَمَّدٌ ٱللَّهِ رَبِّهِۦٓ می\u200cخواهم ۝ السلام عليكم نستعلیق",
    "श्रीमान् क़्यों मार्गदर्शन र्‍य क्\u200dष नेपाली हाँ",
    "বাংলা ক্ষেত্র ਪੰਜਾਬੀ ગુજરાતી ଓଡ଼ିଆ తెలుగు ಕನ್ನಡ ക്ഷേത്രം සිංහල ශ්‍රී",
    "한국어 상담 日本語の相談 が 简体 葛\U000e0100飾区 العربية፣ አማርኛ ქართული Հայերեն",
    "Ё Й à è ǖ Ȩ̂̄ n̈ i̇̀ Yorùbá ẹ̀kọ́ Ɔ̃",
    "👩‍👩‍👧‍👦 👩🏽‍🏫 ❤️ 1️⃣ 🏳️‍🌈 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ✊🏿 ©️",
    "One line\nand another, 18:30 – “fine”",
)


@pytest.mark.parametrize("words", REAL)
def test_real_words_stay_as_they_are(words: str) -> None:
    assert legible(words) == words
    assert legible(normalize("NFD", words)) == normalize("NFD", words)
    assert legible(normalize("NFC", words)) == normalize("NFC", words)


@pytest.mark.parametrize(
    ("heap", "most"),
    [
        ("Z" + "\u0351\u0334\u0327\u0322" * 40, 5),
        ("ก" + "\u0e34\u0e48\u0e38\u0e47\u0e49\u0e4c" * 40, 4),
        ("ก" + "\u0e48" * 40, 2),
        ("a" + "\u0e34\u0e48\u0e38\u0e47\u0e49\u0e4c" * 40, 5),
        ("ລ" + "\u0eb4\u0ec8\u0ebb\u0ecd" * 40, 4),
        ("o" + "\u20dd\u20de\u20df\u20e0" * 40, 2),
        ("o" + "\u20dd\u0301\u20de\u0302" * 40, 5),
        ("ཀ" + "\u0f90\u0fb2\u0f71\u0f74" * 40, 9),
        ("မ" + "\u103d\u103e\u102d\u102f\u1037" * 40, 6),
        ("א" + "\u05b4\u05c1\u0596\u05bc" * 40, 6),
        ("a" + "\u0301\u200d\u0302\u200c" * 40, None),
        ("a" + "\ufe0f\ufe0e" * 40, 5),
        ("\u0301\u0302" * 40, 4),
    ],
)
def test_no_letter_carries_more_than_its_script_needs(heap: str, most: int | None) -> None:
    shown = legible(heap)
    if most is not None:
        assert len(shown) == most
    assert sum(category(one) in {"Mn", "Me"} for one in shown) <= 8
    assert legible(shown) == shown


def test_letters_below_letters_are_part_of_the_stack() -> None:
    assert "\u17d2ក" * 6 in legible("ក" + "\u17d2ក" * 40)
    assert "\u17d2ក" * 7 not in legible("ក" + "\u17d2ក" * 40)


@pytest.mark.parametrize(
    "hidden",
    [
        *"\x00\x07\x1b\x7f\x80\x9b\x9f\xad\u061c\u180e\u200e\u200f\ufeff\ufff9\ud800\udfff",
        *(chr(one) for one in (*range(0x202A, 0x202F), *range(0x2061, 0x2070))),
        *"\U000e0000\U000e0001\U000e0041\U0001d173",
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_or_turns_words_around_is_taken_out(hidden: str) -> None:
    assert legible(f"{hidden}M{hidden}ei{hidden}") == "Mei"


def test_only_a_line_feed_breaks_a_line_and_what_has_no_width_stands_alone() -> None:
    assert legible("a\r\nb\rc\u2028d\u2029e\x85f\tg\x0bh") == "a\nb\nc d e f g h"
    assert legible("a" + "\u200b\u200d\u2060" * 30 + "b") == "a\u200bb"


@given(st.text(max_size=60))
def test_nothing_is_left_to_be_taken_out_twice(words: str) -> None:
    once = legible(words)
    assert legible(once) == once
    assert len(once) <= len(words)
    once.encode()
