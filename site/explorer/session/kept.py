"""What undo keeps of an experiment, and how many bytes that is.

What can be worked out again is not kept: data laid out for measuring and for the compiled
network. What states share, such as the data or the records of one run, goes by an identity, so
that it counts once.
"""

AGAIN = "again"  # stands for a measurement that was under way


def kept(experiment):
    """The experiment's fields as they are to be put back; then it has to `resume`."""
    return {
        **vars(experiment), "history": experiment.history.copy(), "training": None,
        "evaluations": None, "columns": {}, "measuring": experiment.measuring and AGAIN,
    }  # fmt: skip


def sizes(fields):
    """{identity: bytes} of what is large in kept fields."""
    problem, progress, records = fields["problem"], fields["progress"], fields["history"].records
    shares = problem.train, problem.test
    arrays = [array for rows in shares for array in vars(rows).values() if array is not None]
    arrays += [fields["params"], fields["frozen"], fields["drawn"]]
    if progress is not None:
        arrays += [progress.order, progress.state.slots, progress.params]
    found = {id(array): array.nbytes for array in arrays}
    # The records of one run begin with the same one.
    found[id(records[0])] = sum(record.params.nbytes for record in records)
    return found
