"""Where the page's Python begins: hand the browser to the application, and listen."""

from explorer import browser, importing
from explorer.app import App
from explorer.events import Events
from explorer.frame import Frame
from explorer.last_session import LastSession
from explorer.messages import Messages
from explorer.presses import Presses
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
importing.complete(browser.Timer, lambda: app.player.moving)
