"""What a reader does anywhere on the page, in the fake browser."""


def press(browser, action, value=None, ticks=1):
    more = "" if value is None else f'[data-value="{value}"]'
    browser.click(browser.elements(f'[data-action="{action}"]{more}')[0])
    browser.tick(ticks)
