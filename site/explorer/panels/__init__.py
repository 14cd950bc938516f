"""The pieces of the page that own elements; they show what they are handed."""
