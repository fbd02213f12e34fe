"""ZIP archives and mails: the files in them, each a document of its own, with limits against bombs."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from pathlib import Path, PurePosixPath

from kehoach.api import read_input
from kehoach.schemas.errors import ReadError

# What one archive may hold with everything nested in it; a folder of a year's plans stays far below.
MAX_MEMBERS = 2000
MAX_TOTAL = 500_000_000
MAX_MEMBER = 150_000_000
MAX_DEPTH = 3
# Text packs to a fifth, the emptiest office files to a fiftieth; above this a large member is a bomb.
MAX_RATIO = 150
_LARGE = 10_000_000
_ARCHIVES = frozenset({".zip", ".eml"})
# Folders and files that systems put into archives for themselves.
_SYSTEM = re.compile(r"(?:^|/)(?:__MACOSX(?:/|$)|\.|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: the names that lead to it, from the outermost archive inwards; ``fault`` where it cannot be read."""

    inner: tuple[str, ...]
    fault: str = ""


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked from one archive."""

    members: int = MAX_MEMBERS
    total: int = MAX_TOTAL

    def take(self, size: int, archive: str) -> None:
        self.members -= 1
        self.total -= size
        if self.members < 0:
            raise ReadError(f"{archive} holds more than {MAX_MEMBERS} files: unpack it and extract the folder")
        if self.total < 0:
            raise ReadError(f"{archive} unpacks to more than {MAX_TOTAL // 1_000_000} MB: unpack it and extract the folder")


def is_archive(name: str) -> bool:
    """Whether a file of this name is walked rather than read."""
    return PurePosixPath(name).suffix.lower() in _ARCHIVES


def members(file: Path) -> list[Member]:
    """Every file in an archive or mail, also in those nested in it, in their order.

    Raises:
        ReadError: the archive is broken or holds too much.
    """
    return list(_members(read_input(file), file.name, (), _Budget()))


def read_member(file: Path, inner: tuple[str, ...]) -> bytes:
    """The bytes of one file in an archive.

    Raises:
        ReadError: it is not there, encrypted, broken, or too large.
    """
    data, name = read_input(file), file.name
    for step in inner:
        found = next((entry for entry in _entries(data, name) if entry.name == step), None)
        if found is None:
            raise ReadError(f"{name} holds no {step}")
        data, name = found.read(), step
    return data


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of one archive; ``part`` is None in archives, ``info`` in mails."""

    name: str
    size: int
    archive: zipfile.ZipFile | None = None
    info: zipfile.ZipInfo | None = None
    content: bytes = b""

    @property
    def fault(self) -> str:
        """Why it is not unpacked, "" when it is."""
        if self.info is None:
            return ""
        if self.info.flag_bits & 1:
            return f"{self.name} is protected with a password: unpack it first"
        if self.size > MAX_MEMBER:
            return f"{self.name} unpacks to more than {MAX_MEMBER // 1_000_000} MB"
        if self.size > _LARGE and self.size > MAX_RATIO * max(1, self.info.compress_size):
            return f"{self.name} is packed so tightly that it may be a trap: unpack it yourself if you trust it"
        return ""

    def read(self) -> bytes:
        if self.archive is None or self.info is None:
            return self.content
        if fault := self.fault:
            raise ReadError(fault)
        try:
            return self.archive.read(self.info)
        except Exception as error:  # zlib.error, RuntimeError, NotImplementedError: whatever a broken entry does
            raise ReadError(f"{self.name} is broken in its archive ({type(error).__name__}): pack it again") from error


def _members(data: bytes, name: str, above: tuple[str, ...], budget: _Budget) -> Iterator[Member]:
    for entry in _entries(data, name):
        inner = (*above, entry.name)
        budget.take(entry.size, above[0] if above else name)
        if entry.fault or not is_archive(entry.name):
            yield Member(inner, entry.fault)
        elif len(inner) >= MAX_DEPTH:
            yield Member(inner, f"{entry.name} is nested deeper than {MAX_DEPTH} archives: unpack it")
        else:
            try:
                yield from _members(entry.read(), entry.name, inner, budget)
            except ReadError as error:
                if budget.members < 0 or budget.total < 0:
                    raise
                yield Member(inner, str(error))


def _entries(data: bytes, name: str) -> Iterator[_Entry]:
    return _mail(data) if PurePosixPath(name).suffix.lower() == ".eml" else _zip(data, name)


def _zip(data: bytes, name: str) -> Iterator[_Entry]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"{name} is a broken archive: pack it again") from error
    for info in archive.infolist():
        shown = _name(info)
        if not info.is_dir() and shown and not _SYSTEM.search(shown):
            yield _Entry(shown, info.file_size, archive, info)


def _name(info: zipfile.ZipInfo) -> str:
    """The path in the archive without steps out of it; old packers wrote UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _mail(data: bytes) -> Iterator[_Entry]:
    """The attachments of a mail; its own text where it has none."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    found = 0
    for number, part in enumerate(mail.walk(), 1):
        if isinstance(part, EmailMessage) and (entry := _attachment(part, number)) is not None:
            found += 1
            yield entry
    body = mail.get_body(("plain", "html")) if not found else None
    if body is not None and (content := _payload(body)):
        yield _Entry("thu.html" if body.get_content_subtype() == "html" else "thu.txt", len(content), content=content)


def _attachment(part: EmailMessage, number: int) -> _Entry | None:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        content = first.as_bytes() if isinstance(first, Message) else b""
        return _Entry(f"{number}.eml", len(content), content=content)
    name = part.get_filename()
    if part.is_multipart() or not name:
        return None
    content = _payload(part)
    return _Entry(name.replace("/", "_").replace("\\", "_"), len(content), content=content)


def _payload(part: Message) -> bytes:
    """The decoded content; text in UTF-8 whatever the mail's character set."""
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    if part.get_content_maintype() == "text" and charset and not part.get_filename():
        try:
            return content.decode(charset, "replace").encode("utf-8")
        except LookupError:
            return content
    return content
