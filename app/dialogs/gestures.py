"""Keys and gestures that no action holds: they act on what is under the mouse or in hand."""

GESTURES = (
    ("Mouse wheel", "Zoom at the cursor"),
    ("Middle button, or Space and drag", "Pan"),
    ("Right button and drag", "Brightness and contrast"),
    ("Right click on a shape", "Select it and show what can be done to it"),
    ("Double click", "Fit the image to the pane"),
    ("1 … 9", "Show a class; with a drawing tool or without maps: choose a label"),
    ("1 … 9, with shapes selected by Select", "Give the selected shapes that label"),
    ("Enter, Backspace, Esc", "Close an outline, take back its last corner, give it up"),
    ("Shift while drawing", "Square, circle, level or upright line"),
    ("Alt while drawing", "Draw from the centre; with snapping on: do not snap"),
    ("Click again, or Alt and click, with Select", "Take the next of the shapes that lie there"),
    ("Shift or Ctrl and click, with Select", "Add a shape to the selection, or take it away"),
    ("Drag over empty ground, with Select", "Select all shapes that the frame touches"),
    ("Round handle, with Select", "Turn the shape; with Shift by steps of 15°"),
    ("Double click on an outline, with Select", "Put a corner into a polygon or a spline"),
    ("Click a corner, then Delete, with Select", "Take the corner out; or Alt and click it"),
    ("Mouse wheel, or comma and period, with Brush or Eraser", "Change the size of the disc"),
    ("Mouse wheel, or drag sideways, with the wand", "Take more or less of what is alike"),
    ("Ctrl and mouse wheel, with these three", "Zoom at the cursor"),
    ("Shift while painting", "Wipe; with the wand: add to the selected mask"),
    ("Alt and paint", "Begin another mask"),
    ("Ctrl and arrow keys, with Select", "Move the selected shapes by a pixel, with Shift by ten"),
)

RESERVED = {
    **{str(number): "Choose a class or a label" for number in range(1, 10)},
    "Space": "Pan",
    "Tab": "Go to the next control",
    "Shift+Tab": "Go to the control before",
    "Esc": "Close, give up, or leave",
    "Return": "Take what is chosen",
    "Enter": "Take what is chosen",
}
"""Keys that no action may have, and what they do."""
