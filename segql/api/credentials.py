"""Where the token and the url come from, and what is refused before anything is sent."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import msgspec

from segql.api.errors import CredentialsError

DEFAULT_URL = "https://api.lytics.io"
TOKEN_VARIABLES = ("LYTICS_API_TOKEN", "LIOKEY")
URL_VARIABLE = "LYTICS_API_URL"
PROFILE_VARIABLE = "LYTICS_PROFILE"
ACCOUNTS_FILE = Path(".lytics", "accounts.toml")

HIDDEN = "[token]"
# Shorter than this it is a stand-in for a local server, and may be a part of ordinary words.
_SHORT_TOKEN = 8

_TOKEN_HELP = f"Copy the token again, and set {TOKEN_VARIABLES[0]} to it alone, on one line."
_HOME_HELP = f"Set HOME, or {TOKEN_VARIABLES[0]} instead of a profile."
_URL_HELP = f"Set {URL_VARIABLE} to an address such as {DEFAULT_URL}."


@dataclass(frozen=True)
class Credentials:
    """An API's base url, and the token that opens it; neither `repr` nor `str` shows the token.

    The url is https, or http to a loopback host, and has no trailing slash.
    The token is visible ASCII, for it is sent as a header.

    Raises:
        CredentialsError: either is unusable. The token is not in the message.
    """

    url: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", _checked_url(self.url))
        object.__setattr__(self, "token", self.token.strip())
        problem = _token_problem(self.token)
        if problem:
            raise CredentialsError(f"the API token {problem}", _TOKEN_HELP)
        if len(self.token) >= _SHORT_TOKEN and self.redact(self.url) != self.url:
            raise CredentialsError("the API url carries the token", _URL_HELP)

    def redact(self, text: str) -> str:
        """Return `text` with the token hidden wherever it occurs.

        Found is also a token that is percent-encoded in part, or escaped as in JSON.
        """
        pattern = "".join(map(_spellings, self.token))
        if len(self.token) < _SHORT_TOKEN:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        return re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)


def load_credentials(
    environ: Mapping[str, str], profile: str | None = None, home: Path | None = None
) -> Credentials:
    """Find the credentials in the environment or in a profile.

    A profile, named by `profile` or else by `LYTICS_PROFILE`, is the only source when there is one:
    the token of one account is never sent to the url of another. Without it the token is
    `LYTICS_API_TOKEN` or else `LIOKEY`, and the url `LYTICS_API_URL` or else the vendor's.

    Args:
        environ: the environment variables.
        profile: a table of `~/.lytics/accounts.toml` with `token` and, optionally, `url`.
        home: the folder that holds `.lytics`; the user's own when None.

    Raises:
        CredentialsError: nothing found, or nothing usable.
    """
    name = profile or environ.get(PROFILE_VARIABLE)
    if name:
        return _from_profile(name, (home or _home()) / ACCOUNTS_FILE)
    tokens = (environ.get(variable, "").strip() for variable in TOKEN_VARIABLES)
    token = next(filter(None, tokens), None)
    if token is None:
        raise CredentialsError(
            f"no API token: neither {' nor '.join(TOKEN_VARIABLES)} is set",
            f"Set {TOKEN_VARIABLES[0]}, or name a profile of ~/{ACCOUNTS_FILE.as_posix()}.",
        )
    return Credentials(environ.get(URL_VARIABLE, "").strip() or DEFAULT_URL, token)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # as in a container whose user the system does not know
        message = "there is no home folder to look for profiles in"
        raise CredentialsError(message, _HOME_HELP) from None


class _Profile(msgspec.Struct):
    token: str
    url: str = DEFAULT_URL

    def __repr__(self) -> str:
        return f"_Profile(url={self.url!r})"


def _from_profile(name: str, path: Path) -> Credentials:
    accounts = _read_accounts(path)
    if isinstance(accounts, CredentialsError):
        raise accounts
    if name not in accounts:
        known = ", ".join(sorted(accounts)) or "none"
        raise CredentialsError(
            f"no profile {name!r} in {path}", f"Profiles there: {known}. Add a [{name}] table."
        )
    try:
        entry = msgspec.convert(accounts[name], _Profile)
    except msgspec.ValidationError as error:
        raise CredentialsError(
            f"the profile {name!r} in {path} is wrong: {error}",
            'A profile is a table with token = "..." and, optionally, url = "https://...".',
        ) from None
    return Credentials(entry.url, entry.token)


def _read_accounts(path: Path) -> dict[str, object] | CredentialsError:
    # The error is handed back, not raised here: raised inside `except` it would be chained to one
    # that holds the whole file, tokens and all.
    try:
        return tomllib.loads(path.read_bytes().decode())
    except OSError as error:
        why = error.strerror or "cannot be read"
    except UnicodeDecodeError:
        why = "not UTF-8"
    except tomllib.TOMLDecodeError as error:
        why = f"not TOML, {error}"
    help = 'Give each account a table there: [name], and below it token = "...".'
    return CredentialsError(f"cannot read the profiles in {path}: {why}", help)


def _spellings(character: str) -> str:
    code = f"{ord(character):02x}"
    return rf"(?:\\?{re.escape(character)}|%{code}|\\u00{code})"


def _token_problem(token: str) -> str:
    if not token:
        return "is empty"
    if not (token.isascii() and token.isprintable()):
        return "has characters that a header cannot carry"
    return ""


def _checked_url(text: str) -> str:
    # The parser is the HTTP library's own, so that the host checked here is the host called later.
    try:
        url = httpx2.URL(text.strip())
    except httpx2.InvalidURL as error:
        raise CredentialsError(f"the API url is not a url: {error}", _URL_HELP) from None
    problem = _url_problem(url)
    if problem:
        raise CredentialsError(f"the API url {problem}", _URL_HELP)
    return str(url).rstrip("/")


def _url_problem(url: httpx2.URL) -> str:
    faults = {
        "carries a user or a password": bool(url.userinfo),
        "carries a query or a fragment": bool(url.query or url.fragment),
        "is not https": url.scheme not in ("http", "https"),
        "has no host, or not a valid one": not re.fullmatch(r"[\w.:-]+", url.host),
        "has a port out of range": url.port is not None and not 0 < url.port < 65536,
        f"sends the token in the clear to {url.host}": url.scheme == "http"
        and not _is_loopback(url.host),
    }
    return next((fault for fault, found in faults.items() if found), "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
