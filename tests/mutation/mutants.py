"""Makes mutants of a module: one small change each, so that what still passes shows what no test looks at."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """The whole source with one change; `what` says which, in line `line`."""

    line: int
    what: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines. Annotations, docstrings and imports are left alone."""
    tree = ast.parse(source)
    places = [node for node in ast.walk(tree) if not _is_out_of_reach(node, _told_only(tree))]
    for place in sorted(places, key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))):
        for what, changed in _changes(place):
            yield Mutant(place.lineno, what, _with(tree, place, changed))  # type: ignore[attr-defined]


def _told_only(tree: ast.Module) -> set[ast.AST]:
    """What says something to people and type checkers only: nobody can test it."""
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        roots: list[ast.AST | None] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            roots = [node]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            roots = [node.returns, *node.decorator_list]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            roots = [node.annotation]
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            roots = [node]
        silent |= {one for root in roots if root is not None for one in ast.walk(root)}
    return silent


def _is_out_of_reach(node: ast.AST, silent: set[ast.AST]) -> bool:
    return node in silent or not hasattr(node, "lineno")


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        other = _COMPARISONS[type(node.ops[0])]
        yield f"comparison {other.__name__}", _but(node, ops=[other(), *node.ops[1:]])
    elif isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and/or", _but(node, op=other_op)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not gone", node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield "arithmetic", _but(node, op=_ARITHMETIC[type(node.op)]())
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node)
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield "return None", _but(node, value=ast.Constant(None))
    elif isinstance(node, ast.If | ast.IfExp):
        yield "condition true", _but(node, test=ast.Constant(True))
        yield "condition false", _but(node, test=ast.Constant(False))


def _other_constants(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.value, bool):
        yield "boolean", ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield "number", ast.Constant(node.value + 1)


def _but(node: ast.AST, **changes: object) -> ast.AST:
    other = copy.copy(node)
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def _with(tree: ast.Module, place: ast.AST, changed: ast.AST) -> str:
    """The source with this node changed."""

    class Exchange(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return changed if node is place else super().visit(node)

    # The nodes on the way are changed in place, so a copy is made of them; `place` itself must stay the same object.
    whole = copy.deepcopy(tree, {id(place): place})
    return ast.unparse(ast.fix_missing_locations(Exchange().visit(whole)))
