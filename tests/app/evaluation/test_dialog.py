"""The dialog: what it measures, what it shows, what it keeps to itself."""


def test_results_of_an_evaluation_are_shown(finished):
    assert finished.results.model.rowCount() > 100
    assert finished.cases.model.rowCount() > 50
    assert finished.tables.which.count() >= 3
