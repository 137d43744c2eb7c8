"""Servers on this machine, for as long as a test lasts: one that gives files, one that speaks enough of OPeNDAP (DAP 2)."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import netCDF4
import numpy as np

KINDS = {"f4": ("Float32", ">f4"), "f8": ("Float64", ">f8"), "i4": ("Int32", ">i4"), "i2": ("Int16", ">i4")}


@contextmanager
def serving(answer):
    """A server whose `answer(path, query, headers)` gives (status, headers, bytes); gives its address and what was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            split = urlsplit(self.path)
            asked.append(unquote(self.path))
            status, headers, body = answer(split.path, unquote(split.query), self.headers)
            self.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def declared(name, dimensions, values):
    sides = "".join(f"[{each} = {size}]" for each, size in zip(dimensions, values.shape, strict=True))
    return f"    {KINDS[values.dtype.str[1:]][0]} {name}{sides};\n"


def written(key, value):
    if isinstance(value, str):
        return f'String {key} "{value}"'
    return f"{KINDS[np.asarray(value).dtype.str[1:]][0]} {key} {value!s}"


def cut(kept, query):
    if not query:
        return kept
    chosen = {}
    for word in query.split(","):
        name = re.split(r"[\[.]", word)[0]
        ranges = [[int(each) for each in one.split(":")] for one in re.findall(r"\[([\d:]+)\]", word)]
        slices = tuple(slice(r[0], r[-1] + 1, r[1] if len(r) == 3 else 1) for r in ranges)
        dimensions, values, attributes = kept[name]
        chosen[name] = dimensions, values[slices], attributes
    return chosen


def dap(path):
    """What a DAP 2 server answers for a NetCDF file, under any name."""
    with netCDF4.Dataset(path) as file:
        file.set_auto_maskandscale(False)
        kept = {name: (item.dimensions, item[...], {key: item.getncattr(key) for key in item.ncattrs()})
                for name, item in file.variables.items()}  # fmt: skip

    def dds(chosen):
        return "Dataset {\n" + "".join(declared(n, d, v) for n, (d, v, _) in chosen.items()) + "} small;\n"

    def das():
        lines = []
        for name, (_, _, attributes) in kept.items():
            said = "".join(f"        {written(key, value)};\n" for key, value in attributes.items())
            lines.append(f"    {name} {{\n{said}    }}\n")
        return "Attributes {\n" + "".join(lines) + "}\n"

    def dods(chosen):
        body = dds(chosen).encode() + b"\nData:\n"
        for _, values, _ in chosen.values():
            size = np.array([values.size] * 2, ">u4").tobytes() if values.ndim else b""
            body += size + np.ascontiguousarray(values).astype(KINDS[values.dtype.str[1:]][1]).tobytes()
        return body

    def answer(path, query, _):
        kind = path.rsplit(".", 1)[-1]
        if kind == "dds":
            return (
                200,
                {"Content-Type": "text/plain", "Content-Description": "dods-dds"},
                dds(cut(kept, query)).encode(),
            )
        if kind == "das":
            return 200, {"Content-Type": "text/plain", "Content-Description": "dods-das"}, das().encode()
        if kind == "dods":
            return (
                200,
                {"Content-Type": "application/octet-stream", "Content-Description": "dods-data"},
                dods(cut(kept, query)),
            )
        return 400, {}, b"Error { code = 400; };"

    return answer
