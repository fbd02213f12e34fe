"""Office files that are ZIP packages of XML: opened with limits, so that a small file cannot fill the memory."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from kehoach.schemas.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

# A parsed tree takes about ten times its XML; a plan of a thousand pages has 30 MB of it. Pictures are only unpacked.
MAX_XML = 80_000_000
MAX_UNPACKED = 400_000_000


def open_package(data: bytes, name: str) -> zipfile.ZipFile:
    """The package, with the sizes that it states checked (Python refuses to unpack more than is stated).

    Raises:
        ReadError: it is no ZIP file, is encrypted, or unpacks to more than a document can hold.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"{name} is a broken Office file: open and save it again in Word or LibreOffice") from error
    entries = package.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError(f"{name} is protected with a password: save it without one")
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if xml > MAX_XML or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ReadError(
            f"{name} unpacks to more than a document can hold ({MAX_XML // 1_000_000} MB of text, {MAX_UNPACKED // 1_000_000} MB in all): split it"
        )
    return package


def read_part(package: zipfile.ZipFile, part: str, name: str) -> bytes:
    """The bytes of a part.

    Raises:
        ReadError: the part is missing or broken.
    """
    try:
        return package.read(part)
    except MemoryError:
        raise
    except Exception as error:  # zlib.error is no subclass of anything but Exception
        raise ReadError(f"{name} is a broken Office file ({type(error).__name__} in {part}): open and save it again") from error


def parse_part(package: zipfile.ZipFile, part: str, name: str) -> _Element:
    """The root of an XML part; entities are not expanded and nothing outside the file is fetched.

    Raises:
        ReadError: the part is missing or broken.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.fromstring(read_part(package, part, name), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{name} is a broken Office file ({type(error).__name__} in {part}): open and save it again") from error
