"""Converts the tiny Marian models of ../marian with CTranslate2's own converter and writes a digest of each model.bin.

Versions: ctranslate2 4.8.5, transformers 5.24.0, torch 2.15.0.
Usage: python make_fixtures.py (writes NAME-TYPE.json beside itself).

A digest holds the head of the file, of each variable the type, the shape and the CRC-32 of its bytes, and the aliases.
"""

import json
import struct
import tempfile
import zlib
from pathlib import Path

from ctranslate2.converters import TransformersConverter

HERE = Path(__file__).parent


def digest(file):
    data = file.read_bytes()
    at = 0

    def number(kind):
        nonlocal at
        value = struct.unpack_from("<" + kind, data, at)[0]
        at += struct.calcsize("<" + kind)
        return value

    def text():
        nonlocal at
        length = number("H")
        value = data[at:at + length - 1].decode()
        at += length
        return value

    head = [number("I"), text(), number("I")]
    variables = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind = number("B")
        length = number("I")
        variables[name] = [kind, shape, zlib.crc32(data[at:at + length])]
        at += length
    aliases = dict((text(), text()) for _ in range(number("I")))
    assert at == len(data)
    return {"head": head, "variables": variables, "aliases": aliases}


def lines(value):
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in value["variables"].items())
    return (f'{{"head": {json.dumps(value["head"])},\n"aliases": {json.dumps(value["aliases"])},\n'
            f'"variables": {{\n{rows}\n}}}}\n')


def main():
    for name in ("shared", "separate"):
        for kind in ("float32", "int8"):
            with tempfile.TemporaryDirectory() as folder:
                converter = TransformersConverter(str(HERE.parent / "marian" / name))
                converter.convert(folder, quantization=None if kind == "float32" else kind, force=True)
                (HERE / f"{name}-{kind}.json").write_text(lines(digest(Path(folder) / "model.bin")))


if __name__ == "__main__":
    main()
