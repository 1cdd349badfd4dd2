"""Writes a workbook without a plain copy on the disk.

openpyxl puts the text of every sheet into a temporary file, and a list may name citizens: here the text is
kept in memory, packed, so that a hundred thousand rows take some megabytes.
"""

import gzip
import io
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

_QUICK = 1  # of gzip; the workbook is packed well at the end


def keep_in_memory(sheet: Any) -> None:
    """Let a sheet of a write-only workbook write into memory; before its first row, after its columns."""
    from openpyxl.worksheet._writer import WorksheetWriter

    sheet._writer = WorksheetWriter(sheet, out=_Packed())
    sheet._writer.write_top()


def packed_workbook(book: "Workbook") -> bytes:
    """Return the file of a workbook whose sheets are all kept in memory."""
    from openpyxl.writer.excel import ExcelWriter

    class FromMemory(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            """As openpyxl's own, without its files, drawings and links."""
            ws._drawing = None
            ws.close()
            ws._rels = ws._writer._rels
            archive: zipfile.ZipFile = self._archive  # type: ignore[attr-defined]  # stubs leave it out
            with archive.open(ws.path[1:], "w", force_zip64=True) as entry:
                ws._writer.out.copy_to(entry)
            self.manifest.append(ws)

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        FromMemory(book, archive).save()
    return stream.getvalue()


class _Packed(io.BufferedIOBase):
    """Takes bytes and keeps them packed."""

    def __init__(self) -> None:
        self._kept = io.BytesIO()
        self._packer = gzip.GzipFile(fileobj=self._kept, mode="wb", compresslevel=_QUICK)

    def writable(self) -> bool:
        """Bytes may be written."""
        return True

    def write(self, data: Any) -> int:
        """Keep some bytes."""
        return self._packer.write(data)

    def copy_to(self, target: Any) -> None:
        """Write everything that was kept to `target`."""
        self._packer.close()
        self._kept.seek(0)
        with gzip.GzipFile(fileobj=self._kept, mode="rb") as opened:
            shutil.copyfileobj(opened, target)
