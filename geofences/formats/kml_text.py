"""The elements of a KML file by their names, without namespaces, and without the traps of XML."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from geofences.formats.log import Log


def document_from(text: str, log: Log) -> Element | None:
    """Return the root of an XML text; no entities, no document type, nothing from outside (defusedxml)."""
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        log.problems.append(
            "is not readable XML: a document type and entities are refused; export it without them"
        )
        return None
    except (ParseError, ValueError) as error:
        log.problems.append(f"is not readable XML: {error}")
        return None
    return root if isinstance(root, Element) else None


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the direct children of a name."""
    return (each for each in element if name_of(each) == name)


def text_of(element: Element, name: str) -> str:
    """Return the text of the first child of a name, empty where there is none."""
    return next((each.text or "" for each in children(element, name)), "")
