"""The image pane: what is drawn, at which zoom, and what lies under the mouse."""
