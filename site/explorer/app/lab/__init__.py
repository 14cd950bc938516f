"""The Wine lab's part of the application."""
