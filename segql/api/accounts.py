"""Accounts that the token opens."""

from __future__ import annotations

import msgspec

from segql.api.messages import path_of
from segql.api.resource import Resource

_ACCOUNTS = "/api/account"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account. None means that the server did not say.

    `apikey` opens the account, and is not shown by `repr`. The times are RFC 3339.
    """

    aid: str
    name: str | None = None
    apikey: str | None = None
    created: str | None = None
    modified: str | None = None

    def __repr__(self) -> str:
        return f"Account(aid={self.aid!r}, name={self.name!r})"


class Accounts(Resource):
    """`/api/account`."""

    def accounts(self) -> list[Account]:
        """List the accounts that the token opens."""
        return self._many(Account, _ACCOUNTS)

    def account(self, aid: str) -> Account:
        """Fetch one account; NotFound if there is none."""
        return self._one(Account, "GET", path_of(_ACCOUNTS, aid))
