"""What happens in a lesson: steps, answers, checks, receipts."""
