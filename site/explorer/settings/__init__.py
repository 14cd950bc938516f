"""Every knob of the page: its kind of value, its key in a link, its presets."""
