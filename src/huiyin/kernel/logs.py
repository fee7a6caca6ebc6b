"""Keeps secrets of people out of every line of a log, whoever wrote it."""

from __future__ import annotations

import logging

from huiyin.kernel.masks import mask_links, mask_numbers

_FORMATTER = logging.Formatter()


class MaskSecrets(logging.Filter):
    """Lets every record pass, without the secret of a person's link, phone numbers and identity numbers.

    It belongs on the handlers: what others log (a request that failed, with its address) comes by there.
    The traceback of an exception is written out here and masked too.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is changed."""
        record.msg, record.args = _mask(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _mask(record.exc_text)
        return True


def _mask(text: str) -> str:
    return mask_links(mask_numbers(text))
