"""Old Word files (DOC) and RTF: LibreOffice turns them into DOCX, which is then read.

LibreOffice runs without a window in a folder of its own, with macros off and a time limit; it is found on the path or in the places
where its installers put it.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import shutil
import tempfile
from pathlib import Path

from kehoach.extract.readers.docx import read_docx
from kehoach.extract.readers.programs import run_program
from kehoach.schemas.errors import ReadError
from kehoach.schemas.stages import SourceText

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
)
# A document of some hundred pages takes under ten seconds; a broken one may never end.
TIME_LIMIT = 120.0
_KINDS = {".doc": "application/msword", ".dot": "application/msword", ".rtf": "application/rtf"}
# Settings of the throw-away profile: no macros, no links to other files are followed, and the network ends at a closed port.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    + "</oor:items>"
)


def read_old_office(data: bytes, name: str) -> SourceText:
    """The text and tables of a file that LibreOffice opens.

    Raises:
        ReadError: LibreOffice is not installed, cannot read the file, or takes too long.
    """
    program = find_office()
    if program is None:
        raise ReadError(f"{name} needs LibreOffice, which is not installed: install it, or save the file as DOCX")
    suffix = Path(name).suffix.lower()
    suffix = suffix if suffix in _KINDS else ".rtf" if data.startswith(b"{\\rtf") else ".doc"
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        converted = _converted(program, data, suffix, Path(folder), name)
    source = read_docx(converted, name)
    return dataclasses.replace(source, media_type=_KINDS[suffix], sha256=hashlib.sha256(data).hexdigest())


@functools.cache
def find_office() -> str | None:
    """The LibreOffice program, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or next((place for place in _PLACES if Path(place).is_file()), None)


def _converted(program: str, data: bytes, suffix: str, folder: Path, name: str) -> bytes:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    given = folder / f"in{suffix}"
    given.write_bytes(data)
    arguments = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault"]
    command = [program, *arguments, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(given)]
    too_long = f"{name} takes LibreOffice more than {TIME_LIMIT:.0f} seconds: open it there and save it as DOCX"
    run_program(command, folder, TIME_LIMIT, too_long, {"SAL_USE_VCLPLUGIN": "svp"})
    result = folder / "in.docx"
    if not result.is_file():
        raise ReadError(f"{name} cannot be opened by LibreOffice: it is broken, protected with a password, or no {suffix} file")
    return result.read_bytes()
