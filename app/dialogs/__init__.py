"""Small dialogs that belong to no dock: the shortcut sheet, the error log, and about."""
