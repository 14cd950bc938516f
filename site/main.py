"""Where the page's Python begins: hand the browser to the application, and listen."""

import time

from explorer.app.app import App
from explorer.app.events import Events
from explorer.app.host_messages import HostMessages
from explorer.app.host_page import HostPage
from explorer.app.last_visit import LastVisit
from explorer.app.lost_clicks import LostClicks
from explorer.app.opened_files import OpenedFiles
from explorer.browser import browser, lazy_imports
from nncore.kernel.browser import BrowserEngine

memory = browser.memory()
engine = None if memory is None else BrowserEngine(browser.js, browser.ffi, memory)
app = App(browser, engine)
host, last = HostPage(browser), LastVisit(app, time.time)
app.start()
if not host.framed:  # several frames on a page would overwrite each other's
    last.offer()
    app.followers.append(last)
OpenedFiles(app).listen()
Events(app).listen()
LostClicks(browser).listen()
if host.framed:
    messages = HostMessages(app, host.post)
    app.followers.append(messages)
    app.lessons.tell = messages.lesson
    host.listen(messages.received)
    messages.ready()
lazy_imports.complete(browser.Timer, lambda: app.player.is_running)
