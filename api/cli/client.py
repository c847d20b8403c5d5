"""A small client of the HTTP API: JSON in, JSON out, every refusal as one line."""

from types import TracebackType
from typing import Any, Self

import httpx

from api.cli.errors import CliError

TIMEOUT_S = 30.0
"""Planning a route may take a few seconds on a busy machine."""


class ApiClient:
    """Talks to a running service.

    Parameters
    ----------
    url
        Base address, for example ``http://127.0.0.1:8000``.
    key
        API key, or ``None`` for what needs none.
    """

    def __init__(self, url: str, key: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=self.url, headers=headers, timeout=TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, path: str, **query: str | int) -> Any:
        """Return the JSON answer to a GET."""
        return self.send("GET", path, params=query).json()

    def post(self, path: str, body: object = None, headers: dict[str, str] | None = None) -> Any:
        """Return the JSON answer to a POST."""
        return self.send("POST", path, json=body, headers=headers).json()

    def is_ready(self) -> bool:
        """Say whether the service answers that it is ready."""
        try:
            return self._http.get("/readyz").is_success
        except httpx.HTTPError:
            return False

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request under ``/api/v1``; raise CliError for every refusal."""
        try:
            response = self._http.request(method, f"/api/v1{path}", **options)
        except httpx.HTTPError as error:
            raise CliError(
                f"no answer from {self.url} ({error})", "start it with 'tsubaki serve', or name it with --url"
            ) from error
        if response.is_error:
            raise _refusal(response)
        return response


def _refusal(response: httpx.Response) -> CliError:
    try:
        problem = response.json()
    except ValueError:
        return CliError(f"the service answered {response.status_code}", "see the service's log")
    field = f"{problem['field']}: " if problem.get("field") else ""
    detail = problem.get("detail", problem.get("title", response.reason_phrase))
    remedy = problem.get("remedy") or problem.get("message_ja") or "see the service's log"
    return CliError(_without_prefix(field, detail), remedy)


def _without_prefix(field: str, detail: str) -> str:
    return detail if detail.startswith(field) else field + detail
