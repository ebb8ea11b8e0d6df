"""What the model says of the case in view: classes, overlay, metrics, ledger, model card."""
