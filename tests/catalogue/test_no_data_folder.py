"""Before a counter is set up the catalogue answers from what came with the program, without a complaint."""

from counter_app.bootstrap import open_catalogue


def test_the_shipped_data_alone_has_no_problem() -> None:
    catalogue = open_catalogue(None)
    assert catalogue.problems == ()
    assert {each.source for each in catalogue.data_versions()} == {"bundled"}
