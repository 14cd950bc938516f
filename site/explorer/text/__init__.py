"""Every text of the page, by topic; nothing else says a word to the reader."""
