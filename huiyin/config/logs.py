"""What may stand in a log (日志): no address that opens a draft or the receipt of one."""

import logging
import re

# The address of a draft is the secret of whoever writes it; for a day it also shows the query code.
DRAFT = re.compile(r"/file/[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
HIDDEN = "/file/…"


class WithoutSecrets(logging.Filter):
    """Blank the secret part of addresses (隐去续写地址), in the message and in what is put into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = DRAFT.sub(HIDDEN, str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(
                DRAFT.sub(HIDDEN, arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True
