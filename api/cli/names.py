"""Sites by what people call them: id, Japanese name or English name."""

from collections.abc import Iterable, Mapping

from api.cli.errors import CliError


def site_id_from_name(sites: Iterable[Mapping[str, str]], text: str, option: str) -> str:
    """Return the id of the one site that the text means.

    Parameters
    ----------
    sites
        Sites with ``id``, ``name_ja`` and ``name_en``.
    text
        An id or a name, or a part of one; case does not count.
    option
        The option that held the text, named in the error.
    """
    wanted = text.strip().casefold()
    known = list(sites)
    exact = [site for site in known if wanted in _names(site)]
    similar = [site for site in known if wanted and any(wanted in name for name in _names(site))]
    found = exact or similar
    if len(found) == 1:
        return found[0]["id"]
    if found:
        choice = ", ".join(f"{site['id']} {site['name_ja']}" for site in found)
        raise CliError(f"{option}: '{text}' means several sites: {choice}", "give the id", exit_code=2)
    ids = ", ".join(sorted(site["id"] for site in known))
    raise CliError(f"{option}: there is no site '{text}'", f"use one of {ids}, or its name", exit_code=2)


def _names(site: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(site[name].casefold() for name in ("id", "name_ja", "name_en"))
