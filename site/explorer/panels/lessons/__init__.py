"""The panel beside the stage: a lesson's steps, the list of lessons, the teacher's receipts."""
