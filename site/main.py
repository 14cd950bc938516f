"""Where the page's Python begins: hand the browser to the application."""

from explorer import browser
from explorer.app import App

App(browser).start()
