"""Where the page's Python begins: hand the browser to the application, and listen."""

from explorer import browser
from explorer.app import App
from explorer.events import Events

app = App(browser)
app.start()
Events(app).listen()
