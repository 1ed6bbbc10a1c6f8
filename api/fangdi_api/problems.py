"""Errors as answers: application/problem+json (RFC 9457) with a stable type and a sentence that says what to do."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from fangdi import errors
from fangdi_api.faults import in_both_languages, language

MEDIA_TYPE = "application/problem+json"
URN = "urn:fangdi:problem:"

STATUS: Mapping[type[errors.FangdiError], HTTPStatus] = {
    errors.SignInRequiredError: HTTPStatus.UNAUTHORIZED,
    errors.NotAllowedError: HTTPStatus.FORBIDDEN,
    errors.SignInFailedError: HTTPStatus.UNAUTHORIZED,
    errors.TooManyAttemptsError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ChangedMeanwhileError: HTTPStatus.CONFLICT,
    errors.InvalidCursorError: HTTPStatus.BAD_REQUEST,
    errors.InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.DatabaseUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DatabaseNotReadyError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.TooSlowError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.NotBuiltError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The one place where an error of the domain becomes a status; the nearest class decides."""

_NOT_JSON = "json_invalid"
_AWAY = "The database does not answer. Try again in a moment; the server's log has the reason."
"""What clients hear: the message of the error names hosts and users."""

_log = logging.getLogger(__name__)


def handle_problems(app: FastAPI) -> None:
    """Answer every error in the one shape."""
    app.add_exception_handler(errors.FangdiError, _domain_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _our_mistake)


def status_of(error: errors.FangdiError) -> HTTPStatus:
    """Return the status of the nearest class in the table."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR


def problem(status: HTTPStatus, slug: str, detail: str, *, request: Request, **more: Any) -> JSONResponse:
    """Build the answer; `more` are extension members."""
    body = {
        "type": f"{URN}{slug}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": request.url.path,
        **more,
    }
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def wrong_query(**faults: str) -> RequestValidationError:
    """Return the error that names parameters of the query, each with what is wrong about it: 中文。 English."""
    return RequestValidationError(
        [{"type": "value_error", "loc": ("query", field), "msg": message} for field, message in faults.items()]
    )


def _domain_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.FangdiError)  # noqa: S101 - registered for this class alone
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s %s: %s", request.method, request.url.path, error.message)
    place = {"place": error.place} if error.place else {}
    detail = _AWAY if isinstance(error, errors.DatabaseUnavailableError) else error.message
    answer = problem(status, error.type_slug, detail, request=request, **place)
    if isinstance(error, errors.TooManyAttemptsError):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


def _invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    faults = [_fault(fault) for fault in error.errors()]
    broken = next((fault for fault in error.errors() if fault["type"] == _NOT_JSON), None)
    if broken is not None:
        return _broken_json(request, error, broken)
    chinese = ";".join(f"{fault['field']}:{language(fault['message'], 'zh')}" for fault in faults)
    english = "; ".join(f"{fault['field']}: {language(fault['message'], 'en')}" for fault in faults)
    detail = f"请更正以下参数:{chinese}。 Correct these parameters: {english}."
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        errors.InvalidInputError.type_slug,
        detail,
        request=request,
        place={"field": faults[0]["field"]} if faults else {},
        errors=faults,
    )


def _broken_json(request: Request, error: RequestValidationError, fault: Mapping[str, Any]) -> JSONResponse:
    """Say where a body stops being JSON; the place that comes with the fault is the number of signs before."""
    before = str(error.body or "")[: int(fault["loc"][-1])]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    said = (
        f"请求正文不是有效的 JSON(第 {line} 行第 {column} 列)。 "
        f"The body is not valid JSON (line {line}, column {column}: {fault['ctx']['error']})."
    )
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        errors.InvalidInputError.type_slug,
        said,
        request=request,
        place={"field": "body", "line": line, "column": column},
        errors=[{"in": "body", "field": "body", "message": said.removesuffix(".")}],
    )


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    location: Sequence[Any] = fault["loc"]
    place, names = str(location[0]), ".".join(str(part) for part in location[1:])
    return {"in": place, "field": names or place, "message": in_both_languages(fault)}


def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.NOT_FOUND:
        detail = f"There is nothing at {request.url.path}; /api/v1/openapi.json lists all paths."
    elif status is HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not possible here; /api/v1/openapi.json says what is."
    else:
        detail = str(error.detail)
    answer = problem(status, status.phrase.lower().replace(" ", "-"), detail, request=request)
    answer.headers.update(error.headers or {})
    return answer


def _our_mistake(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    detail = "The server made a mistake; its log has the details. Nothing was changed."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "server-error", detail, request=request)
