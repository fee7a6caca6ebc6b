"""Waiting until the web pages answer."""

from __future__ import annotations

import http.client
import time

from huiyin.app.running.children import Child
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

PATIENCE = 60.0  # seconds


def browse_host(host: str) -> str:
    """The host as a browser on this machine reaches it."""
    if host == "0.0.0.0":  # noqa: S104  compared, not bound  # nosec B104
        return "127.0.0.1"
    return "::1" if host == "::" else host


def make_address(host: str, port: int) -> str:
    """`http://127.0.0.1:8000/`"""
    reached = browse_host(host)
    return f"http://[{reached}]:{port}/" if ":" in reached else f"http://{reached}:{port}/"


def wait_for_first_page(web: Child, host: str, port: int) -> None:
    """Returns when `/` answers. Refused when the process ends, answers with a fault, or takes a minute."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        code = web.code()
        if code is not None:
            raise Refusal("web-ended", _ENDED.fill(code=code))
        status = _ask(host, port)
        if status is not None:
            if status >= 500:
                raise Refusal("web-faulty", _FAULTY.fill(status=status))
            return
        time.sleep(0.05)
    raise Refusal("web-silent", _SILENT)


def _ask(host: str, port: int) -> int | None:
    connection = http.client.HTTPConnection(browse_host(host), port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


_ENDED = Words(
    "网页进程没有启动（代码 {code}）。请查看上面的报错。",
    "The web pages did not start (code {code}). See above.",
)
_FAULTY = Words(
    "首页回答了错误 {status}。请查看上面的报错。", "The first page answered {status}. See the errors above."
)
_SILENT = Words("网页在一分钟内没有应答。", "The web pages did not answer within a minute.")
