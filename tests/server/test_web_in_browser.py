"""The pages in a real Chromium: on a phone and a desk, by keyboard alone, and for eyes that see less."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from tests.server.browser import chromium, complaints, look_as, picture
from tests.server.serving import Served, serving
from tests.server.web_data import PASSWORD, Clock, a_province, add_dossier, add_leader, at

pytestmark = pytest.mark.slow
PHONE, SMALL_PHONE, DESK = (360, 740), (320, 568), (1366, 768)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def web(database_url: str, tmp_path: Path, driver: Chrome) -> Iterator[Served]:
    with serving(database_url, tmp_path, now=Clock()) as served:
        a_province(served)
        add_leader(served, "tinh", province="Tỉnh Thử")
        driver.delete_all_cookies()
        yield served
        driver.get("about:blank")


def focused(driver: Chrome, key: str = "id") -> str:
    return driver.switch_to.active_element.get_attribute(key) or ""


def press(driver: Chrome, *keys: str) -> None:
    ActionChains(driver).send_keys(*keys).perform()


def arrive(driver: Chrome, words: str) -> None:
    """Wait until a page with the words is there; asked in one go, since the page may change in between."""
    there = "return document.readyState === 'complete' && document.body.innerText.includes(arguments[0])"
    WebDriverWait(driver, 15).until(lambda shown: shown.execute_script(there, words))


def log_in(driver: Chrome, web: Served) -> None:
    driver.get(web.url)
    driver.find_element(By.ID, "ten").send_keys("tinh")
    driver.find_element(By.ID, "mat-khau").send_keys(PASSWORD + Keys.ENTER)
    arrive(driver, "Sắp đến hạn")


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, DESK], ids=["320", "360", "1366"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_fits_and_can_be_read(
    web: Served, driver: Chrome, size: tuple[int, int], dark: bool
) -> None:
    look_as(driver, *size, dark=dark, touch=size[0] < 500)
    name = f"{size[0]}-{'dark' if dark else 'light'}"
    found = {}
    driver.get(f"{web.url}/dang-nhap")
    found["login"] = complaints(driver)
    picture(driver, f"login-{name}")
    log_in(driver, web)
    for page, path in (
        ("offices", "/?ky=nam"),
        ("office", "/don-vi/H29.12?ky=nam"),
        ("period", "/?ky=tu-chon&tu=x"),
        ("missing", "/don-vi/H30.01"),
        ("password", "/mat-khau"),
    ):
        driver.get(web.url + path)
        found[page] = complaints(driver)
        if size != SMALL_PHONE:
            hidden = (
                "return [...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)"
            )
            assert not driver.execute_script(hidden), page
        picture(driver, f"{page}-{name}")
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("size", [SMALL_PHONE, DESK], ids=["320", "1366"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_answer_to_a_citizen_can_be_read(
    web: Served, driver: Chrome, size: tuple[int, int], dark: bool
) -> None:
    look_as(driver, *size, dark=dark, touch=size[0] < 500)
    name = f"{size[0]}-{'dark' if dark else 'light'}"
    long_name = "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất lần đầu"
    found = {}
    for n, (status, due) in enumerate(
        (
            ("processing", 25),
            ("processing", 12),
            ("awaiting_supplement", 25),
            ("resolved", 25),
            ("refused", 25),
        )
    ):
        due_at = at(date(2026, 11, due), 16)
        code = add_dossier(web, "H29.12", 900 + n, status=status, due_at=due_at, procedure_name=long_name)
        driver.get(f"{web.url}/tra-cuu/{code}/K7MX")
        driver.find_element(By.ID, "bi-mat").send_keys(Keys.ENTER)
        arrive(driver, long_name)
        found[f"{status}-{due}"] = complaints(driver)
        picture(driver, f"lookup-{status}-{due}-{name}")
    driver.get(f"{web.url}/tra-cuu/H29.12-261116-1/AAAA")
    driver.find_element(By.ID, "bi-mat").send_keys(Keys.ENTER)
    arrive(driver, "Không tìm thấy")
    found["not found"] = complaints(driver)
    picture(driver, f"lookup-none-{name}")
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_the_checks_see_what_is_wrong(web: Served, driver: Chrome) -> None:
    look_as(driver, *PHONE)
    driver.get(f"{web.url}/tra-cuu")
    assert complaints(driver) == {}
    driver.execute_script(
        """
        const page = document.querySelector('main');
        const add = html => page.insertAdjacentHTML('beforeend', html);
        add('<p id="ma">twice</p><h4>jump</h4><h1>second</h1><table><tr><td>bare</td></tr></table>');
        add('<input><button></button><p class="hint">faint</p><p class="wide">wide</p>');
        page.lastElementChild.previousElementSibling.style.color = '#999';
        page.lastElementChild.style.width = '900px';
        Object.assign(page.querySelector('main > input').style, {minHeight: 0, height: '9px', padding: 0});
        document.documentElement.lang = 'en'; document.title = '';
        """
    )
    assert {*complaints(driver)} >= {
        *("faint", "unlabelled", "nameless", "small", "wider than the screen", "scrolls sideways"),
        *("heading jumps", "first headings", "tables without caption", "no language", "no title", "same ids"),
    }


def test_a_citizen_needs_no_mouse(web: Served, driver: Chrome) -> None:
    look_as(driver, *DESK)
    code = add_dossier(web, "H29.12", 900, due_at=at(date(2026, 11, 25), 16))
    driver.get(f"{web.url}/tra-cuu")
    press(driver, Keys.TAB)
    assert focused(driver, "className") == "skip"
    skip = driver.switch_to.active_element
    assert skip.rect["x"] >= 0
    assert skip.is_displayed()
    press(driver, Keys.ENTER)
    assert focused(driver) == "noi-dung"
    press(driver, Keys.TAB)
    assert focused(driver) == "ma"
    outline = driver.switch_to.active_element.value_of_css_property("outline-style")
    assert outline == "solid"
    press(driver, code.lower().replace(".", " "), Keys.TAB)
    assert focused(driver) == "bi-mat"
    press(driver, "k7mx", Keys.TAB)
    assert focused(driver, "tagName") == "BUTTON"
    press(driver, Keys.ENTER)
    arrive(driver, "16:00, ngày 25/11/2026")
    # What was typed is not left for the next one at a shared phone.
    assert driver.find_element(By.ID, "bi-mat").get_attribute("value") == ""
    assert code not in driver.current_url


def test_a_leader_needs_no_mouse(web: Served, driver: Chrome) -> None:
    look_as(driver, *DESK)
    driver.get(f"{web.url}/dang-nhap")
    press(driver, Keys.TAB, Keys.TAB, "tinh", Keys.TAB, PASSWORD, Keys.ENTER)
    arrive(driver, "Sắp đến hạn")
    for _ in range(40):
        press(driver, Keys.TAB)
        if focused(driver, "textContent") == "UBND xã Đông Hòa":
            break
    press(driver, Keys.ENTER)
    arrive(driver, "Liên lạc của các quầy")
    assert driver.find_element(By.TAG_NAME, "h1").text == "UBND xã Đông Hòa"
    driver.find_element(By.XPATH, "//button[text()='Đăng xuất']").send_keys(Keys.ENTER)
    arrive(driver, "Đăng nhập xem số liệu")
    driver.get(f"{web.url}/don-vi/H29.12")
    arrive(driver, "Đăng nhập xem số liệu")


def test_days_of_ones_own_are_picked_and_a_table_opens(web: Served, driver: Chrome) -> None:
    look_as(driver, *DESK)
    log_in(driver, web)
    driver.find_element(By.XPATH, "//summary[text()='Chọn ngày']").send_keys(Keys.ENTER)
    for field, day in (("tu", "2026-11-09"), ("den", "2026-11-10")):
        driver.execute_script(f"document.getElementById('{field}').value = '{day}'")
    driver.find_element(By.XPATH, "//form//button[text()='Xem']").send_keys(Keys.ENTER)
    arrive(driver, "Từ ngày (09/11/2026 – 10/11/2026)")
    opened = driver.find_element(By.XPATH, "//summary[text()='Xem dạng bảng']")
    opened.send_keys(Keys.ENTER)
    arrive(driver, "Chủ nhật, ngày nghỉ")


def test_on_paper_only_the_figures_are_left(web: Served, driver: Chrome) -> None:
    look_as(driver, *DESK)
    log_in(driver, web)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert driver.find_element(By.CSS_SELECTOR, "table.don-vi").is_displayed()
        hidden = driver.find_elements(By.CSS_SELECTOR, "nav, .save, button, .skip")
        assert hidden
        assert not any(each.is_displayed() for each in hidden)
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
