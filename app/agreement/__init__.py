"""How far readers agree with each other and with the open models: a dialog and the work behind."""
