"""The idle demo: memory of all its processes (PSS), and what a cold Today costs a phone (bytes, requests)."""

import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.common import line

ROOT = Path(__file__).parent.parent
MEMORY_MB, HTML_KB, PAGE_KB, REQUESTS = 150, 14, 60, 8


def pss_mb(pid: int) -> float:
    """Proportional set size of a process and everything it started, in MB (10^6 bytes)."""
    total = 0.0
    for path in [Path(f"/proc/{pid}"), *_children(pid)]:
        try:
            for row in (path / "smaps_rollup").read_text().splitlines():
                if row.startswith("Pss:"):
                    total += int(row.split()[1]) * 1024 / 1e6
        except OSError:
            continue
    return total


def _children(pid: int) -> list[Path]:
    found: list[Path] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [Path(f"/proc/{child}"), *_children(int(child))]
    return found


def main() -> None:
    home = tempfile.mkdtemp(prefix="setia-bench-")
    port = 8765
    environment = {"PATH": "/usr/bin:/bin", "SETIA_HOME": home}
    process = subprocess.Popen(
        [str(ROOT / "setia"), "demo", "--port", str(port)],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        link = ""
        for row in process.stdout or []:
            if "/sign-in/" in row:
                link = next(word for word in row.split() if "/sign-in/" in word)
                break
        _wait(f"http://127.0.0.1:{port}/healthz")
        html, page, requests = today_in_chromium(link)
        time.sleep(20)
        print("The idle demo")
        memory = pss_mb(process.pid)
        line("memory of all processes (PSS)", f"{memory:.0f} MB", f"{MEMORY_MB} MB", memory <= MEMORY_MB)
        line("cold Today: HTML, compressed", f"{html / 1024:.1f} KB", f"{HTML_KB} KB", html <= HTML_KB * 1024)
        line("cold Today: whole page", f"{page / 1024:.1f} KB", f"{PAGE_KB} KB", page <= PAGE_KB * 1024)
        line("cold Today: requests", str(requests), str(REQUESTS), requests <= REQUESTS)
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if b'"ok"' in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise SystemExit("The demo did not come up.")


def today_in_chromium(link: str) -> tuple[int, int, int]:
    """Bytes on the wire of the document and of everything, and the number of requests of a first visit to Today."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(link)
        if "sign-in" in page.url:
            page.locator(".btn--go").first.click()
            page.wait_for_url(lambda url: "sign-in" not in url)
        address, cookies = page.url, context.cookies()
        context.close()
        cold = browser.new_context(viewport={"width": 390, "height": 844})
        cold.add_cookies(cookies)
        page = cold.new_page()
        session = cold.new_cdp_session(page)
        session.send("Network.enable")
        sizes: dict[str, float] = {}
        kinds: dict[str, str] = {}
        session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
        session.on(
            "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]})
        )
        page.goto(address, wait_until="networkidle")
        document = sum(size for request, size in sizes.items() if kinds.get(request) == "Document")
        result = int(document), int(sum(sizes.values())), len(sizes)
        browser.close()
        return result


if __name__ == "__main__":
    main()
