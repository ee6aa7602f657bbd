"""Why something about an account is refused, as sentences with the way out."""


class AccountRefused(Exception):
    """The request about an account cannot be fulfilled."""

    def __init__(self, *sentences: str, field: str = "") -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
        self.field = field


class AccountForbidden(AccountRefused):
    """The person may not do this."""


class AccountConflict(AccountRefused):
    """Somebody else changed the account in the meantime."""


class LogInRefused(AccountRefused):
    """The name, the password or the code is wrong; which one is not said."""


class LogInLocked(LogInRefused):
    """Too many failures: the account is locked for a while."""
