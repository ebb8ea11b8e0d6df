"""Background work: one child process that holds torch and the models.

`client` runs in the window, `child` and `work` in the child; `shared` carries what passes between.
The window never imports torch, the child never imports Qt.
"""
