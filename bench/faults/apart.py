"""A database beside the product, which somebody else keeps: it can be stopped and started again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from product import ROOT, kill

sys.path.insert(0, str(ROOT / "src"))


class Apart:
    """The embedded server of another data folder, as if it stood on another machine."""

    def __init__(self, data: Path) -> None:
        from huiyin.app.database import watch_database

        os.environ["HUIYIN_DATA"] = str(data)
        self.data = data
        self._watching = watch_database()
        self._database = self._watching.__enter__()
        self.url = self._database.url

    def stop(self) -> None:
        """Down at once, as when its machine loses power."""
        from huiyin.app.database.home import find_home
        from huiyin.app.database.server import read_server

        server = read_server(find_home(self.data) / "cluster")
        assert server is not None
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii")
        kill([server.pid, *map(int, children.split())])

    def start(self) -> None:
        """Up again under the same address."""
        while not self._database.revive():
            pass

    def close(self) -> None:
        """Gone for good."""
        self._watching.__exit__(None, None, None)


@contextmanager
def run_apart(data: Path) -> Iterator[Apart]:
    """A server that runs for as long as the block, unless it is stopped meanwhile."""
    apart = Apart(data)
    try:
        yield apart
    finally:
        apart.close()
