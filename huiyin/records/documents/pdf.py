"""PDF files from .docx files by headless LibreOffice (生成PDF), several in one start of the program.

Starting it takes longer than a letter does, so whoever has many gives them together. Each call has a profile
folder of its own: two workers do not get in one another's way, and no macro or update setting of a person
applies.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT_SECONDS = 120
_FONTS = "reference/fonts.conf"


class PdfFailed(Exception):
    """LibreOffice did not make the PDF; the .docx is there all the same."""


def office_program(chosen: str = "") -> str | None:
    """Where LibreOffice is (转换程序): the one an office chose, else the one on the path, else None."""
    return next((found for name in (chosen, *PROGRAMS) if name and (found := shutil.which(name))), None)


def pdfs_of(
    documents: Mapping[str, bytes], *, program: str, timeout: float = TIMEOUT_SECONDS
) -> dict[str, bytes]:
    """The PDF of every .docx of which one could be made, under the same names (批量转换).

    Raises:
        PdfFailed: the program took too long.
    """
    with tempfile.TemporaryDirectory(prefix="huiyin-pdf-") as folder, as_file(files(__package__)) as package:
        numbered = {f"{index}": name for index, name in enumerate(documents)}
        for stem, name in numbered.items():
            Path(folder, f"{stem}.docx").write_bytes(documents[name])
        _convert(Path(folder), list(numbered), program, package / _FONTS, timeout)
        made = {name: Path(folder, f"{stem}.pdf") for stem, name in numbered.items()}
        return {name: path.read_bytes() for name, path in made.items() if path.exists()}


def _convert(folder: Path, stems: list[str], program: str, fonts: Path, timeout: float) -> None:
    profile = folder / "profile"
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(folder),
        *(str(folder / f"{stem}.docx") for stem in stems),
    ]
    environment = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8", "FONTCONFIG_FILE": str(fonts)}
    for name in ("PATH", "XDG_CACHE_HOME"):
        if name in os.environ:
            environment[name] = os.environ[name]
    # The cache of the fonts outlives the call: without it every letter would wait for all fonts to be read.
    environment.setdefault("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        # The program on the path is a script; what it started ends with its group.
        os.killpg(process.pid, 9)
        process.wait()
        raise PdfFailed(f"LibreOffice did not finish within {timeout:g} seconds") from None
