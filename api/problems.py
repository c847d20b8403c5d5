"""Problem details for HTTP APIs (RFC 9457): the one form in which the API says no."""

from dataclasses import dataclass
from enum import Enum

from fastapi.responses import JSONResponse

PROBLEM_MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:tsubaki:problem:"


class Kind(Enum):
    """Each kind of problem: HTTP status, slug, title in English, message in Japanese."""

    INVALID_INPUT = (422, "invalid-input", "Invalid input", "入力内容を確認してください")
    NO_ROUTE = (422, "no-route", "No flyable route", "飛行できる経路がありません")
    NOT_PLANNABLE = (409, "not-plannable", "The flight cannot be planned", "飛行計画を作成できません")
    UNAUTHENTICATED = (401, "unauthenticated", "No valid API key", "APIキーが無効です")
    FORBIDDEN = (403, "forbidden", "Not allowed with this API key", "このキーではこの操作はできません")
    NOT_FOUND = (404, "not-found", "Not found", "見つかりません")
    METHOD_NOT_ALLOWED = (405, "method-not-allowed", "Method not allowed", "この方法では使えません")
    CONFLICT = (409, "conflict", "Not possible in the present state", "現在の状態では実行できません")
    VEHICLE = (502, "vehicle-error", "The vehicle refused or is silent", "機体が応答しないか拒否しました")
    UNAVAILABLE = (503, "unavailable", "Not ready", "準備ができていません")
    INTERNAL = (500, "internal-error", "Internal error", "内部エラーが発生しました")

    def __init__(self, status: int, slug: str, title: str, message_ja: str) -> None:
        self.status = status
        self.slug = slug
        self.title = title
        self.message_ja = message_ja


@dataclass(eq=False)
class ProblemError(Exception):
    """A refusal with its cause, the field at fault, and what to do about it, in two languages."""

    kind: Kind
    detail: str
    remedy: str
    field: str | None = None
    message_ja: str | None = None
    blocking_zones: tuple[str, ...] | None = None

    def body(self) -> dict[str, object]:
        """Return the members of the problem document."""
        members: dict[str, object] = {
            "type": TYPE_PREFIX + self.kind.slug,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "field": self.field,
            "remedy": self.remedy,
            "message_ja": self.message_ja or self.kind.message_ja,
        }
        if self.blocking_zones is not None:
            members["blocking_zones"] = list(self.blocking_zones)
        return members

    def response(self) -> JSONResponse:
        """Return the HTTP response."""
        # RFC 9110 section 15.5.2: a 401 says how to authenticate.
        headers = {"WWW-Authenticate": "Bearer"} if self.kind is Kind.UNAUTHENTICATED else None
        return JSONResponse(self.body(), self.kind.status, headers, media_type=PROBLEM_MEDIA_TYPE)
