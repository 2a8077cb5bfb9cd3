"""Tar archives in the formats that Python writes, with names too long for a header.

Run: python tools/oracles/tar_formats.py   (standard library; writes packages/data/src/archives/fixtures/tar-formats.json)
"""

import base64
import gzip
import io
import json
import sys
import tarfile
from pathlib import Path

folder = "Bäume/" + "a-long-folder-name/" * 14
members = {f"{folder}0001.txt": "a café", f"{folder}0001.jpg": "x" * 700, "short.txt": "a dog", "short.jpg": "y"}
formats = {"GNU": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}

archives = {}
for name, format in formats.items():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format) as archive:
        directory = tarfile.TarInfo(folder)
        directory.type = tarfile.DIRTYPE
        archive.addfile(directory)
        for path, text in members.items():
            data = text.encode()
            member = tarfile.TarInfo(path)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    archives[name] = base64.b64encode(gzip.compress(file.getvalue(), mtime=0)).decode()

target = Path(__file__).parents[2] / "packages/data/src/archives/fixtures/tar-formats.json"
target.parent.mkdir(exist_ok=True)
content = {"python": sys.version.split()[0], "folder": folder, "archives": archives}
target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
