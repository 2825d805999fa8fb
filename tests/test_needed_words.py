"""The words that an expression of the lint settings needs: a card without any of them is never searched."""

from __future__ import annotations

import re
import sys
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.lint.regexes import compiled, folded, needed

LETTERS: Final = "abskiJ-1 "
LIKE_THEM: Final = "ABSKI\u0130\u0131\u017f\u212a\u0661\uff11"
"""The same letters and digits to an expression that ignores case."""


def joined(parts: list[str]) -> str:
    return "".join(parts)


def repeated(inner: str) -> str:
    return f"(?:{inner}){{0,2}}"


expressions = st.recursive(
    st.one_of(
        st.text(LETTERS, min_size=1, max_size=4), st.sampled_from([r"\b", ".", "[as]", "(?<!a)", "(?=s)", r"\d"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(joined),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        inner.map(repeated),
        inner.map(lambda one: f"(?:{one})?"),
        inner.map(lambda one: f"(?-i:{one})"),
        inner.map(lambda one: f"(?:{one}){{1,3}}"),
    ),
    max_leaves=6,
)


@given(expressions, st.text(LETTERS + LIKE_THEM, max_size=12))
def test_a_text_in_which_an_expression_is_found_has_one_word_of_each_set(expression: str, text: str) -> None:
    if re.search(expression, text, re.IGNORECASE):
        assert all(any(word in folded(text) for word in words) for words in needed(expression))


def test_all_letters_that_are_the_same_to_an_expression_are_the_same_when_folded() -> None:
    ascii_letters = re.compile("[a-z]", re.IGNORECASE)
    alike = [chr(number) for number in range(sys.maxunicode + 1) if ascii_letters.fullmatch(chr(number))]
    assert [letter for letter in alike if not re.fullmatch("[a-z]", folded(letter))] == []


def test_all_digits_are_those_of_ascii_when_folded() -> None:
    digits = [chr(number) for number in range(sys.maxunicode + 1) if re.fullmatch(r"\d", chr(number))]
    assert [digit for digit in digits if not re.fullmatch("[0-9]", folded(digit))] == []


@pytest.mark.parametrize(
    ("expression", "sets"),
    [
        (r"\bgreen card\b", [{"green card"}]),
        (r"(invent|make up) (an?|your)", [{"make up", "invent"}, {" "}, {"a", "your"}]),
        (r"J-1( visa)? (is|as) the only", [{" the only"}, {"j-1"}, {"is", "as"}, {" "}]),
        (r"x?(a|bc)", [{"a", "bc"}]),
        (r"(a x|.)c?", []),
        (r"-\d{3}-", [{"-"}, {*"0123456789"}]),
        (r"\D[\da][^\d]\d?", []),
    ],
)
def test_words_that_cannot_be_missing_are_needed_the_longest_first(expression: str, sets: list[set[str]]) -> None:
    compiled(expression)
    assert list(needed(expression)) == sets
