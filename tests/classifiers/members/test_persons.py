"""Whom a name means."""

from __future__ import annotations

import pytest

from classifiers.members.persons import spans_of_persons, who_is_meant

PEOPLE = ("张建国", "王秀英", "赵小燕", "王立新", "刘芳", "欧阳举例")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("张建国", ("张建国",)),
        ("建国", ("张建国",)),
        ("建国哥", ("张建国",)),
        ("老张", ("张建国",)),
        ("张书记", ("张建国",)),
        ("小燕", ("赵小燕",)),
        ("张建过", ("张建国",)),
        ("王姐", ("王秀英", "王立新")),
        ("小芳", ("刘芳",)),
        ("老何", ()),
        ("欧阳", ("欧阳举例",)),
        ("欧阳老师", ("欧阳举例",)),
        ("", ()),
        ("@", ()),
    ],
)
def test_whom_a_name_means(said: str, meant: tuple[str, ...]) -> None:
    assert who_is_meant(said, PEOPLE) == meant


def test_a_surname_is_not_somebody_s_given_name() -> None:
    assert who_is_meant("王姐", ("李小王", "赵王举")) == ()
    assert who_is_meant("龙哥", ("李小龙",)) == ("李小龙",)


def test_where_people_are_named() -> None:
    text = "让建国和何师傅去找老人"
    assert [text[start:end] for start, end in spans_of_persons(text, PEOPLE)] == ["建国", "何师傅"]


def test_a_double_surname_is_a_name() -> None:
    text = "给欧阳,要不找上官师傅"
    assert [text[start:end] for start, end in spans_of_persons(text, PEOPLE)] == ["欧阳", "上官师傅"]
