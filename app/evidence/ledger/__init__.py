"""The ledger dock: what every part of the evidence adds to the prediction, to the last digit."""
