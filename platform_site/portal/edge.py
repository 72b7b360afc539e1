"""What must be settled before Django reads a request. Read next: middleware.py, CleanInputMiddleware."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
FOREIGN = "portal.foreign_charset"


def utf8_only(application: Application) -> Application:
    """Take the character set off the content type: nothing but UTF-8 is read here.

    Django decodes the query by it while it makes the request, where no middleware can answer for what goes wrong:
    `charset=rot13`, or too many parameters beside any character set, would be a fault of the server. Whoever names
    another set than UTF-8 is marked, and refused by CleanInputMiddleware.
    """

    def checked(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
        named = [part for part in parameters if part.partition("=")[0].strip().lower() == "charset"]
        if named:
            environ["CONTENT_TYPE"] = ";".join([kind, *(part for part in parameters if part not in named)])
            sets = {part.partition("=")[2].strip(" \t\"'").lower() for part in named}
            environ[FOREIGN] = not sets <= {"utf-8", "utf8"}
        return application(environ, start_response)

    return checked
