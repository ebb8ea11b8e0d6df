"""How well readers agree with each other, and with what a model shows.

`measures` and `lesions` compare two labelings or masks; `between` goes through a study reader by
reader, `evidence` (the only module that needs torch) compares readers with a model.
"""
