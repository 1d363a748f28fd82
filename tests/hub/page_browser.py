"""A real Chromium without a screen, and a real hub for it to look at."""

import shutil
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from live_days import LiveDay
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from app.domain.devices import DeviceRole
from app.hub.addresses import open_listener
from app.hub.application import create_app
from app.hub.hub import Hub
from app.hub.serving import HubServer

PATIENCE = 20
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--lang=zh-TW",
)  # fmt: skip
DRIVER = shutil.which("chromedriver")


@dataclass
class ServedDay:
    """A day whose hub answers on a port of this machine."""

    day: LiveDay
    hub: Hub
    url: str

    def code(self) -> str:
        """Return a fresh viewing code."""
        made = self.hub.devices.invite(self.day.event_id, DeviceRole.VIEWER, confirm=False)
        return made.code


@contextmanager
def served(day: LiveDay) -> Iterator[ServedDay]:
    """Serve a day's hub in a thread until the block ends."""
    hub = Hub(day.database, day.clock)
    hub.events.open_event(day.event_id, name="雲海縣測試研習")
    ready = threading.Event()
    listener = open_listener("127.0.0.1", 0)
    server = HubServer(
        create_app(hub),
        listener,
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        bells=hub.bells,
        on_ready=ready.set,
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        yield ServedDay(day, hub, f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        server.stop()
        thread.join(PATIENCE)
        listener.close()
    assert not thread.is_alive()


@contextmanager
def chromium(folder: Path) -> Iterator[Chrome]:
    """Start a browser with a profile of its own."""
    options = ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-TW,zh"})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options=options, service=ChromeService(DRIVER))
    try:
        yield browser
    finally:
        browser.quit()


def size_to(browser: Chrome, width: int, height: int, *, scheme: str = "light") -> None:
    """Look at the page on a screen of another size and colour scheme."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def wait_for(browser: Chrome, css: str, text: str = "") -> str:
    """Return the text of an element once it is there and holds some words."""

    def found(driver: Chrome) -> str | None:
        for element in driver.find_elements(By.CSS_SELECTOR, css):
            shown = str(element.get_attribute("textContent"))
            if text in shown:
                return shown or " "
        return None

    # The page replaces what has changed, maybe between finding an element and reading it.
    waiting = WebDriverWait(
        browser, PATIENCE, poll_frequency=0.1, ignored_exceptions=[StaleElementReferenceException]
    )
    return str(waiting.until(found, f"no {css} with {text!r}"))


def sign_in(browser: Chrome, there: ServedDay) -> None:
    """Type a viewing code at the door."""
    browser.delete_all_cookies()
    browser.get(there.url)
    wait_for(browser, "h1", "登入")
    browser.find_element(By.ID, "code").send_keys(there.code().lower())
    browser.find_element(By.CSS_SELECTOR, "button.primary").click()
    wait_for(browser, "article.card h3")
