#!/usr/bin/env python3
"""Writes docs/performance.md from benchmarks/results/*.json, one section a machine.

A file holds "machine", "peers" and "tables"; a table has "title", "command", "columns" and "rows".
"""
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def line(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def section(data):
    yield f"## {data['machine']}\n"
    if data.get("peers"):
        yield f"Beside: {data['peers']}.\n"
    for table in data["tables"]:
        yield f"### {table['title']}\n"
        yield f"`{table['command']}`\n"
        yield line(table["columns"])
        yield line("---" for _ in table["columns"])
        yield from (line(row) for row in table["rows"])
        yield ""


def main():
    parts = [(ROOT / "benchmarks" / "method.md").read_text(encoding="utf-8").rstrip(), ""]
    for path in sorted((ROOT / "benchmarks" / "results").glob("*.json")):
        parts.extend(section(json.loads(path.read_text(encoding="utf-8"))))
    text = "\n".join(parts).rstrip() + "\n"
    (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
