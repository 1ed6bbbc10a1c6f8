"""What can go wrong, in the words of the domain.

Every message is a sentence that says what to do. Which HTTP status an error becomes is decided in the API alone.
"""

from collections.abc import Mapping
from typing import ClassVar


class FangdiError(Exception):
    """Something that the person in front of the system can act on.

    `place` says where the trouble sits: any of `file`, `layer`, `row`, `feature`, `field`.
    """

    type_slug: ClassVar[str] = "error"

    def __init__(self, message: str, *, place: Mapping[str, str | int] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = dict(place or {})


class SignInRequiredError(FangdiError):
    """Nobody is signed in, or no longer."""

    type_slug = "sign-in-required"


class NotAllowedError(FangdiError):
    """The account has no role that allows this."""

    type_slug = "not-allowed"


class SignInFailedError(FangdiError):
    """Login or password is wrong; which of the two is not said."""

    type_slug = "sign-in-failed"


class TooManyAttemptsError(FangdiError):
    """Somebody tried too often and has to wait."""

    type_slug = "too-many-attempts"

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class TooManyRequestsError(TooManyAttemptsError):
    """Somebody asks faster than the deployment allows and has to wait."""

    type_slug = "too-many-requests"


class NotFoundError(FangdiError):
    """What was asked for does not exist, or the user may not see it."""

    type_slug = "not-found"


class InvalidInputError(FangdiError):
    """A parameter, field or file cannot be used as it is."""

    type_slug = "invalid-input"


class ChangedMeanwhileError(FangdiError):
    """What somebody looked at is no longer so, and what they decided about it was not done."""

    type_slug = "changed-meanwhile"


class SettingsError(FangdiError):
    """A FANGDI_ setting has a value that cannot work."""

    type_slug = "invalid-settings"


class DatabaseUnavailableError(FangdiError):
    """No database can be had, or it does not answer."""

    type_slug = "database-unavailable"


class DatabaseNotReadyError(FangdiError):
    """The database answers but lacks an extension, a version or a migration."""

    type_slug = "database-not-ready"


class AddressInUseError(FangdiError):
    """Another program listens where we want to serve."""

    type_slug = "address-in-use"


class InvalidCursorError(InvalidInputError):
    """A paging cursor that this system did not hand out for this list."""

    type_slug = "invalid-cursor"


class TooSlowError(FangdiError):
    """The database was stopped before it could answer."""

    type_slug = "too-slow"


class NotBuiltError(FangdiError):
    """The web map is not part of this installation."""

    type_slug = "not-built"


class DatabaseNotEmptyError(FangdiError):
    """What needs an empty database found data in it."""

    type_slug = "database-not-empty"
