"""Mutants differ from the module in one thing each, and can be compiled."""

from __future__ import annotations

import ast

from tests.mutation.mutants import mutants

SOURCE = '''"""What it is for."""

def may(age: int = 3) -> bool:
    """Says so."""
    if age >= 18 and not is_shut():
        return True
    return age + 1 == 7
'''


def test_each_mutant_has_one_change_that_a_test_can_see() -> None:
    found = list(mutants(SOURCE))
    assert {mutant.what for mutant in found} == {
        *("number", "condition true", "condition false", "and/or", "comparison Gt", "comparison NotEq", "not gone"),
        *("return None", "boolean", "arithmetic"),
    }
    sources = [ast.unparse(ast.parse(mutant.source)) for mutant in found]
    assert len(set(sources)) == len(found)
    assert ast.unparse(ast.parse(SOURCE)) not in sources
    assert all('"""Says so."""' in source for source in sources)
