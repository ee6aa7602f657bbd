"""Sound and video (录音录像): the containers are walked from end to end, the contents are not decoded."""

from typing import BinaryIO

from huiyin.records.documents.file_kinds import FileKind, FileRules
from huiyin.records.documents.problems import damaged

_BOX_HEAD = 8
_MOST_PARTS = 100_000
# Bits per second and samples per second of MPEG-1 layer III; version 2 and 2.5 use the second table and half
# or a quarter of the rates.
_MPEG1_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_MPEG2_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES = (44_100, 48_000, 32_000, 0)
_FRAMES_TO_SEE = 3


def check_wav(file: BinaryIO, kind: FileKind, rules: FileRules) -> None:
    """A WAV file is chunks to its end, a format and samples among them (检查WAV).

    The library reads plain samples only; call centres record A-law and GSM.
    """
    size = file.seek(0, 2)
    position = 12
    found: set[bytes] = set()
    for _chunk in range(_MOST_PARTS):
        file.seek(position)
        head = file.read(8)
        length = int.from_bytes(head[4:], "little")
        if len(head) < 8:
            break
        # A recorder that was cut off leaves the length of the samples open.
        if position + 8 + length > size and head[:4] != b"data":
            raise damaged(kind.name)
        if length:
            found.add(head[:4])
        position += 8 + length + length % 2
    if position < size or not {b"fmt ", b"data"} <= found:
        raise damaged(kind.name)


def check_mp3(file: BinaryIO, kind: FileKind, rules: FileRules) -> None:
    """After its tag an MP3 file is one frame after the other (检查MP3)."""
    position = _after_tag(file)
    for _frame in range(_FRAMES_TO_SEE):
        file.seek(position)
        length = _frame_length(file.read(4))
        if not length:
            raise damaged(kind.name)
        position += length


def check_boxes(file: BinaryIO, kind: FileKind, rules: FileRules) -> None:
    """An MP4 or M4A file is boxes to its very end, a description and the data among them (检查MP4)."""
    size = file.seek(0, 2)
    position = 0
    found: set[bytes] = set()
    for _box in range(_MOST_PARTS):
        if position == size:
            break
        file.seek(position)
        head = file.read(_BOX_HEAD)
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(file.read(8), "big")
        elif length == 0:
            length = size - position
        if len(head) < _BOX_HEAD or length < _BOX_HEAD or position + length > size:
            raise damaged(kind.name)
        found.add(head[4:])
        position += length
    if position < size or not {b"ftyp", b"moov", b"mdat"} <= found:
        raise damaged(kind.name)


def _after_tag(file: BinaryIO) -> int:
    file.seek(0)
    head = file.read(10)
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte & 0x7F
    return 10 + length


def _frame_length(head: bytes) -> int:
    """The length of a layer III frame by its header, 0 if it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version = head[1] >> 3 & 3  # 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5
    if version == 1:
        return 0
    is_first = version == 3
    kbits = (_MPEG1_KBITS if is_first else _MPEG2_KBITS)[head[2] >> 4]
    rate = _RATES[head[2] >> 2 & 3] >> (3 - version if version else 2)
    if not kbits or not rate:
        return 0
    return (144 if is_first else 72) * kbits * 1000 // rate + (head[2] >> 1 & 1)
