"""Forward passes without gradients, by the quickest means at hand: `engine.make_engine`.

This package imports no torch by itself: the command line reads `engines.names`.
"""
