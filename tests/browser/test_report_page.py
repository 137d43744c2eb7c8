"""The page in a real browser: draws, logs no error, asks for nothing."""

from __future__ import annotations

import re
import shutil
import subprocess

import numpy as np
import pytest
import synthetic_outcome

from khazri.report.measures import measure
from khazri.report.page import write_page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt install chromium)"),
]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--force-device-scale-factor=1",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    run = synthetic_outcome.outcome(2)
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_page(path, run, [measure(site) for site in run.sites], summary=synthetic_outcome.RECORD)
    return path


def browse(page, folder, *options, query=""):
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri() + query]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def dump(page, folder, *options, query=""):
    """The page's elements once it is ready; a browser that was too slow for its own clock is asked again."""
    for _ in range(4):
        done = browse(page, folder, "--dump-dom", "--virtual-time-budget=20000", *options, query=query)
        if 'data-ready="yes"' in done.stdout:
            return done
    raise AssertionError(f"the page is never ready: {done.stderr[-2000:]}")


def test_the_page_draws_without_a_word_on_the_console(page, tmp_path):
    done = dump(page, tmp_path)
    assert "CONSOLE" not in done.stderr, re.findall(r".*CONSOLE.*", done.stderr)
    assert done.stdout.count("<tr") > 20


def test_the_page_makes_no_network_request(page, tmp_path):
    log = tmp_path / "net.json"
    dump(page, tmp_path, f"--log-net-log={log}", "--net-log-capture-mode=IncludeSensitive")
    asked = set(re.findall(r'"url":"((?:https?|wss?)://[^"]+)"', log.read_text(encoding="utf-8", errors="replace")))
    own = {url for url in asked if not re.search(r"google|gstatic|gvt1|chromium", url)}  # the browser's own, if any
    assert not own


@pytest.mark.parametrize(
    ("language", "word"), [("ru", "Где находится нефть"), ("az", "Neft haradadır"), ("en", "Where the oil is")]
)
def test_the_page_speaks_three_languages(page, tmp_path, language, word):
    assert word in dump(page, tmp_path, query=f"?lang={language}").stdout


@pytest.mark.parametrize("size", ["1400,1200", "380,1200"])
def test_the_map_shows_land_water_and_oil_at_any_width(page, tmp_path, size):
    from PIL import Image

    shot = tmp_path / "page.png"
    for patience in (6_000, 20_000, 60_000):  # [ms]; a busy machine draws late, which is no defect of the page
        waiting = f"--timeout={patience}"
        browse(page, tmp_path, f"--screenshot={shot}", waiting, f"--window-size={size}", query="?theme=light")
        picture = np.asarray(Image.open(shot).convert("RGB")).reshape(-1, 3).astype(int)
        land = (np.abs(picture - (240, 236, 226)).sum(axis=1) < 6).sum()
        if land:
            break
    ashore = (np.abs(picture - (20, 20, 26)).sum(axis=1) < 6).sum()
    banner = (np.abs(picture - (158, 27, 38)).sum(axis=1) < 6).sum()
    assert land > 5_000
    assert ashore > 30
    assert banner > 2_000
