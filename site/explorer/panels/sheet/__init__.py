"""The printed sheet: the experiment on one page of paper."""
