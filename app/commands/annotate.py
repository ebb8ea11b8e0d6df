"""Drawing."""

from __future__ import annotations

from app.annotate.merge import has_inside, parts, union
from app.commands.part import Part


class AnnotateCommands(Part):
    """The menu Annotate."""

    def tool(self, name: str) -> None:
        """Take a tool in hand."""
        self._window.state.set_tool(name)

    def merge_shapes(self) -> None:
        """Make one mask of the selected shapes."""
        image = self._window.state.image
        chosen = self._window.annotator.selected()
        solid = [draft for draft in chosen if has_inside(draft.shape)]
        if image is None or len(solid) < 2:
            text = self.tr("Select two or more shapes with an inside, then merge them.")
            self._window.tell(text, "note")
            return
        height, width = image.pixels.shape[:2]
        merged = union([draft.shape for draft in solid], (width, height))
        if merged is None:
            self._window.tell(self.tr("None of these shapes has a pixel inside the image."), "note")
            return
        text = self.tr("Merge {0} shapes").format(len(solid))
        self._window.annotator.replace([draft.id for draft in solid], [merged], text)

    def split_mask(self) -> None:
        """Make a mask of each part of the selected mask."""
        chosen = self._window.annotator.selected()
        if len(chosen) != 1 or chosen[0].kind != "mask":
            self._window.tell(self.tr("Select one mask, then split it into its parts."), "note")
            return
        found = parts(chosen[0].shape)
        if len(found) < 2:
            text = self.tr("This mask hangs together; wipe a gap first, then split it.")
            self._window.tell(text, "note")
            return
        text = self.tr("Split a mask into {0} parts").format(len(found))
        self._window.annotator.replace([chosen[0].id], found, text)
