"""The county's page in a real Chromium: sign-in, figures, change, phone, colours, policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import make_help_plan, new_event
from live_days import UNITS, LiveDay, close_live_day, open_live_day
from page_browser import DRIVER, ServedDay, chromium, served, sign_in, size_to, wait_for
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.skipif(DRIVER is None, reason="needs chromium and chromium-driver")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDay]:
    folder = tmp_path_factory.mktemp("page")
    day = open_live_day(new_event(folder / "template", make_help_plan()), folder / "day")
    day.stock()
    come(day, 0, "08:36")
    come(day, 4, "08:41")
    come(day, 1, "08:43")
    day.serve(day.visit(UNITS[0][0], "05"), finish=True)
    day.visit(UNITS[1][0], "08")
    day.clock.pass_ms(12 * 60_000)
    day.tell_hub()
    with served(day) as there:
        yield there
    close_live_day(day)


def come(day: LiveDay, number: int, at: str = "") -> None:
    if at:
        day.room.at(at)
    day.clock.pass_ms(3_000)
    day.room.scan(day.room.code(number))


def list_complaints(browser: Chrome) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def test_a_viewer_signs_in_sees_figures_and_sees_them_change(
    browser: Chrome, there: ServedDay
) -> None:
    list_complaints(browser)
    size_to(browser, 1366, 900)
    sign_in(browser, there)
    arrived = wait_for(browser, "#session-b1d1 .number.first dd")
    count = int(arrived.partition("／")[0])
    assert arrived == f"{count}／12"
    assert "縣立星南國小" in wait_for(browser, "#missing-b1d1")
    assert "081230003" in wait_for(browser, "#missing-b1d1")
    assert int(wait_for(browser, "#session-help .number.first dd")) >= 1
    assert wait_for(browser, "#connection-words", "更新於")
    come(there.day, 5 + count)
    there.day.tell_hub()
    wait_for(browser, "#session-b1d1 .number.first dd", f"{count + 1}／12")
    page = browser.page_source
    for secret in ("林采潔", "0912", "諮詢甲"):
        assert secret not in page
    assert list_complaints(browser) == []


def test_what_is_open_stays_open_and_focused_when_figures_change(
    browser: Chrome, there: ServedDay
) -> None:
    sign_in(browser, there)
    browser.find_element(By.CSS_SELECTOR, "#missing-b1d1 summary").click()
    browser.execute_script("document.getElementById('copy-b1d1').focus()")
    before = wait_for(browser, "#session-help .number.first dd")
    there.day.visit(UNITS[2][0], "01")
    there.day.tell_hub()
    wait_for(browser, "#session-help .number.first dd", str(int(before) + 1))
    assert browser.execute_script("return document.getElementById('missing-b1d1').open")
    assert browser.execute_script("return document.activeElement.id") == "copy-b1d1"


def test_schools_are_copied_with_their_phones(browser: Chrome, there: ServedDay) -> None:
    sign_in(browser, there)
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    browser.find_element(By.CSS_SELECTOR, "#missing-b1d1 summary").click()
    browser.find_element(By.ID, "copy-b1d1").click()
    wait_for(browser, "#told", "已複製")
    copied = browser.execute_async_script(
        "const done = arguments[0]; navigator.clipboard.readText().then(done, () => done(''))"
    )
    assert "縣立星北國小\t海口鎮\t081230004" in copied


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1366])
def test_nothing_sticks_out_on_any_screen(
    browser: Chrome, there: ServedDay, width: int, scheme: str
) -> None:
    sign_in(browser, there)
    size_to(browser, width, 800, scheme=scheme)
    browser.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    widths = "return [document.documentElement.scrollWidth, innerWidth]"
    scroll_width, inner_width = browser.execute_script(widths)
    assert scroll_width <= inner_width == width
    ground = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(243, 245, 248)" if scheme == "light" else "rgb(17, 21, 27)")
    size_to(browser, 1366, 900)


def test_english_is_one_tap_away(browser: Chrome, there: ServedDay) -> None:
    sign_in(browser, there)
    browser.find_element(By.LINK_TEXT, "English").click()
    wait_for(browser, "#connection-words", "Updated")
    wait_for(browser, "#session-b1d1 dt", "Arrived")
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    browser.find_element(By.LINK_TEXT, "中文").click()
    wait_for(browser, "#connection-words", "更新於")


def test_foreign_scripts_are_stopped_by_the_policy(browser: Chrome, there: ServedDay) -> None:
    sign_in(browser, there)
    list_complaints(browser)
    browser.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.broken = 1';"
        "document.body.append(s); const i = document.createElement('img');"
        "i.src = 'http://192.0.2.1/x.png'; document.body.append(i);"
    )
    assert browser.execute_script("return window.broken") is None
    complaints = list_complaints(browser)
    assert complaints
    assert all("Content Security Policy" in each for each in complaints)


def test_a_lost_connection_is_said_and_comes_back(browser: Chrome, there: ServedDay) -> None:
    sign_in(browser, there)
    wait_for(browser, "#connection-words", "更新於")
    condition = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, **condition})
    wait_for(browser, "#connection-words", "連線中斷，數字停在")
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, **condition})
    wait_for(browser, "#connection-words", "更新於")
    list_complaints(browser)  # the browser itself notes requests that failed


def test_signing_out_ends_it(browser: Chrome, there: ServedDay) -> None:
    sign_in(browser, there)
    browser.find_element(By.CSS_SELECTOR, "form[action='/logout'] button").click()
    wait_for(browser, "h1", "登入")
    browser.get(there.url)
    wait_for(browser, "h1", "登入")


def test_parts_of_the_page_have_names_for_screen_readers(
    browser: Chrome, there: ServedDay, tmp_path: Path
) -> None:
    sign_in(browser, there)
    for landmark in ("header", "main", "nav", "footer"):
        assert browser.find_elements(By.TAG_NAME, landmark)
    nameless = browser.execute_script(
        "return [...document.querySelectorAll("
        "'button,a,input,select,svg[role=img],progress,section')]"
        ".filter(e => !e.hidden && !(e.textContent.trim() || e.getAttribute('aria-label')"
        " || e.labels?.length || e.getAttribute('aria-hidden'))).map(e => e.outerHTML)"
    )
    assert nameless == []
    heads = browser.execute_script(
        "return [...document.querySelectorAll('table')].every(t => t.querySelector('th[scope=col]')"
        " && t.querySelector('th[scope=row]'))"
    )
    assert heads
