"""Files that the reader chooses or drops: read by the browser, and sent nowhere."""

from pyodide.ffi import create_proxy


def read_file(file, done, failed):
    """Calls `done(bytes)` with a file's content, or `failed()` where it cannot be read (a folder,
    or a file that is gone)."""

    def finish(act):
        def settled(value):
            for proxy in proxies:
                proxy.destroy()
            act(value)

        return create_proxy(settled)

    proxies = [finish(lambda buffer: done(buffer.to_bytes())), finish(lambda _: failed())]
    file.arrayBuffer().then(*proxies)
