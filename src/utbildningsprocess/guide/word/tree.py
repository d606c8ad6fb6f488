"""XML as a tree of names and letters: nothing in it is run or fetched, and none of it may be too large."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_NODES, _DEEPEST = 200_000, 150


class NoTree(ValueError):
    """What is no XML that a Word file has."""


class Node:
    """An element: its name and attributes without namespaces, and what stands in it."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Child] = []

    def nodes(self, *names: str) -> Iterator[Node]:
        """The elements right in it, those of some names where any is given."""
        for child in self.children:
            if isinstance(child, Node) and (not names or child.name in names):
                yield child

    def first(self, *path: str) -> Node | None:
        """The first element at the end of a path of names."""
        node: Node | None = self
        for name in path:
            node = next(node.nodes(name), None) if node else None
        return node

    def value(self, *path: str) -> str:
        """The value of the first element at the end of a path; empty where there is none."""
        node = self.first(*path)
        return node.attributes.get("val", "") if node else ""

    @property
    def text(self) -> str:
        """The letters right in it."""
        return "".join(child for child in self.children if isinstance(child, str))

    def every(self, name: str) -> Iterator[Node]:
        """All elements of a name in it, at any depth."""
        for node in self.nodes():
            if node.name == name:
                yield node
            yield from node.every(name)


Child: TypeAlias = "Node | str"


def xml_tree(data: bytes) -> Node:
    """The element that everything in some XML stands in. Raises NoTree."""
    root = Node("", {})
    within = [root]
    made = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal made
        made += 1
        if made > _MOST_NODES or len(within) > _DEEPEST:
            raise NoTree
        node = Node(_local(name), {_local(key): value for key, value in attributes.items()})
        within[-1].children.append(node)
        within.append(node)

    def end(_: str) -> None:
        within.pop()

    def letters(text: str) -> None:
        within[-1].children.append(text)

    def refuse(*_: object) -> None:
        # A document type can make entities that grow or fetch; no Word file has one.
        raise NoTree

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = letters
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise NoTree from None
    return root


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]
