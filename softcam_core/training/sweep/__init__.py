"""The selection of the lambdas (S C, E.1, F.1): train a model per value, and choose by a rule.

`softcam_core.training.sweep.run.sweep` trains; `softcam_core.training.sweep.records.load_sweep`
reads what it wrote, free of torch.

A value is judged against the dense model (l1 = l2 = 0) of the same architecture: chosen is the
largest lambda for which validation accuracy and AUC (quadratic kappa for more than two classes)
both stay within ``sweep.tolerance`` of it. See `softcam_core.training.sweep.choose` for the rule,
`softcam_core.training.sweep.plan` for the values tried, and
`softcam_core.training.sweep.halving` for what ``sweep.halving`` saves and risks.
"""
