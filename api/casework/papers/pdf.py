"""HTML to PDF: the only file that knows WeasyPrint, which needs Pango from the system."""

from __future__ import annotations

from typing import Any

from api.casework.errors import PrinterMissing

_MISSING = "这台服务器还不能生成PDF（缺少系统的Pango库），请先下载Word文件，或者直接打印这个页面。"


def pdf(html: str, css: str) -> bytes:
    """A PDF of a page of ours; nothing is fetched from anywhere.

    Raises:
        PrinterMissing: the system libraries are not installed.
    """
    try:
        import weasyprint  # loads Pango, which a small server may lack
    except OSError as error:
        raise PrinterMissing(_MISSING) from error
    style = weasyprint.CSS(string=css, url_fetcher=_nothing)
    made: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf(stylesheets=[style])
    return made


def _nothing(url: str, *_args: Any, **_kwargs: Any) -> Any:
    raise ValueError(f"a paper fetches nothing: {url}")
