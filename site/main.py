"""Where the page's Python begins: hand the browser to the application, and listen."""

from explorer.app.app import App
from explorer.app.events import Events
from explorer.app.host_messages import Messages
from explorer.app.host_page import Frame
from explorer.app.lost_clicks import Presses
from explorer.browser import browser, lazy_imports
from explorer.session.last_visit import LastSession
from nncore.kernel.browser import BrowserEngine

memory = browser.memory()
engine = None if memory is None else BrowserEngine(browser.js, browser.ffi, memory)
app = App(browser, engine)
frame, last = Frame(browser), LastSession(browser, app.session)
if not frame.framed:  # several frames on a page would overwrite each other's
    last.recall()
    app.followers.append(last)
app.start()
Events(app).listen()
Presses(browser).listen()
if frame.framed:
    messages = Messages(app, frame.post)
    app.followers.append(messages)
    frame.listen(messages.received)
    messages.ready()
lazy_imports.complete(browser.Timer, lambda: app.player.moving)
