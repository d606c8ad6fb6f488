"""An initiative gets another name: its title, its file, and what follows with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.dossier_file import Taken, move
from utbildningsprocess.files.drafts import copy_drafts, drop_drafts
from utbildningsprocess.files.made import move_documents
from utbildningsprocess.files.mentions import mentions
from utbildningsprocess.files.names import renamed_path
from utbildningsprocess.files.roots import is_folder
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import clean_line, slug
from utbildningsprocess.work.initiative import Initiative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_NAMED = 20


class Renamed(NamedTuple):
    """An initiative with its new name, and what to know of it."""

    initiative: Initiative
    notes: tuple[str, ...]


def rename_initiative(initiative: Initiative, title: str, *, consent: bool = False) -> Renamed:
    """Gives an initiative another title and its file the name that goes with it; drafts and documents follow.

    Killed half-way, nothing is lost, and run again it comes to the same. Raises Taken when another
    file has the name, else as `Initiative.rename`.
    """
    old, title = initiative.path, clean_line(title)
    new = renamed_path(old, title) if title else old
    if new is None:
        raise Taken(
            f"En annan insats har redan filnamnet {slug(title)}. Inget har ändrats. Välj en annan titel."
        )
    earlier = (old.stem, initiative.title)
    documents = initiative.workspace.root.documents_of(old)
    Initiative.rename(initiative, title, consent=consent)
    has_copied = copy_drafts(old, new)
    has_moved = move_documents(documents, documents.with_name(new.stem))
    move(old, new)
    if new != old and has_copied:
        drop_drafts(old)
    renamed = Initiative(initiative.workspace, new)
    notes = (
        [] if has_moved else [f"Dokumenten ligger kvar i {shown(documents)}: mappen {new.stem} finns redan."]
    )
    if has_moved and is_folder(documents.with_name(new.stem)):
        again = f"utb dokument alla {renamed.typed_name}"
        notes.append(f"Dokument som är gjorda har kvar den gamla titeln. Gör om dem med: {again}")
    return Renamed(renamed, (*notes, *_named_elsewhere(renamed, earlier, documents)))


def _named_elsewhere(renamed: Initiative, earlier: tuple[str, ...], documents: Path) -> Iterator[str]:
    """A sentence, and the places, where other files still use a name that is no longer the initiative's."""
    words = tuple(word for word in earlier if word not in (renamed.path.stem, renamed.title))
    besides = (renamed.path, documents, documents.with_name(renamed.path.stem))
    places = [
        f"{shown(mention.path)}:{mention.line}"
        for mention in mentions(renamed.workspace.root, words, besides)
    ]
    if places:
        yield f"Det gamla namnet står kvar på {len(places)} ställen, som utb inte ändrar:"
        yield from (f"  {place}" for place in places[:_MOST_NAMED])
    if len(places) > _MOST_NAMED:
        yield f"  och {len(places) - _MOST_NAMED} till"
