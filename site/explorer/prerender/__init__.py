"""The page as it is delivered, made when the site is built; the page leaves it out."""
