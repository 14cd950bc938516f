"""`python3 build.py bench`: how fast the playground is beside what others offer.

Everything is measured in one run in a real browser, in turns, on the same networks, weights, data
and batches, after checking that all compute the same. `command` runs it, `assembly` puts the page
together, `gather` serves it and listens to it, `table` and `chart` write down what was found.
The page itself lies in `page/`, the Python that it and scikit-learn run in `programs/`.
"""
