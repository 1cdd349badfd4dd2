"""A real headless Chromium, and what a careful eye would check on a page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

PICTURES = Path(__file__).parents[2] / "out" / "web"

# Runs in the page: everything visible whose text stands out too little (WCAG 2.2 AA, 1.4.3).
_FAINT = """
const parse = text => {
  const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return {r, g, b, a};
};
const over = (top, under) => ({
  r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a),
  b: top.b * top.a + under.b * (1 - top.a), a: 1,
});
const background = element => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const canvas = dark ? {r: 18, g: 18, b: 18, a: 1} : {r: 255, g: 255, b: 255, a: 1};
  return layers.reverse().reduce((under, top) => over(top, under), canvas);
};
const linear = v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
const light = c => {
  const [r, g, b] = [c.r, c.g, c.b].map(v => linear(v / 255));
  return .2126 * r + .7152 * g + .0722 * b;
};
const found = [];
for (const element of document.querySelectorAll('body *')) {
  const says = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || element.value;
  if (!says || !element.checkVisibility() || element.closest('option')) continue;
  const style = getComputedStyle(element);
  const svg = element instanceof SVGElement;
  const under = background(svg ? element.closest('svg').parentElement : element);
  const back = svg ? over(parse(getComputedStyle(element.closest('svg')).backgroundColor), under) : under;
  const front = over(parse(svg ? style.fill : style.color), back);
  const [hi, lo] = [light(front), light(back)].sort((a, b) => b - a);
  const ratio = (hi + .05) / (lo + .05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) {
    found.push(`${element.tagName} ${ratio.toFixed(2)} ${element.textContent.trim().slice(0, 30)}`);
  }
}
return found;
"""
_UNLABELLED = """
return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(field => ![...field.labels].some(label => label.textContent.trim()))
  .map(field => field.outerHTML);
"""
_NAMELESS = """
return [...document.querySelectorAll('a, button, summary, [role=region], nav ~ nav')]
  .filter(e => !(e.getAttribute('aria-label') || e.textContent).trim()).map(e => e.outerHTML);
"""
_SMALL = """
return [...document.querySelectorAll('button, input:not([type=hidden]), summary, nav a')]
  .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e.outerHTML])
  .filter(([box]) => box.height < 24 || box.width < 24).map(([, html]) => html);
"""
_WIDER = """
return [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility() && !e.closest('.scroll table') && !e.closest('.skip'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120));
"""


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """Start the system's Chromium without a window; it talks to nobody but the page."""
    options = ChromeOptions()
    flags = ["--headless=new", "--disable-dev-shm-usage", "--disable-gpu", "--lang=vi", "--hide-scrollbars"]
    # Nothing of the browser's own may go out to the network.
    flags += [
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--disable-sync",
    ]
    flags += [f"--user-data-dir={profile}"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    for flag in flags:
        options.add_argument(flag)
    options.binary_location = "/usr/bin/chromium"
    driver = Chrome(options=options, service=ChromeService("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


def look_as(driver: Chrome, width: int, height: int, *, dark: bool = False, touch: bool = False) -> None:
    """Give the page a screen of that size, and a light or dark scheme."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def picture(driver: Chrome, name: str) -> None:
    """Keep a picture of the whole page for whoever wants to look."""
    import base64

    PICTURES.mkdir(parents=True, exist_ok=True)
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    (PICTURES / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


def complaints(driver: Chrome) -> dict[str, Any]:
    """Return what is wrong with the page shown; nothing when all is well."""
    levels = driver.execute_script(
        "return [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])"
    )
    jumps = [pair for pair in zip([0, *levels], levels, strict=False) if pair[1] > pair[0] + 1]
    facts = {
        "faint": driver.execute_script(_FAINT),
        "unlabelled": driver.execute_script(_UNLABELLED),
        "nameless": driver.execute_script(_NAMELESS),
        "small": driver.execute_script(_SMALL),
        "wider than the screen": driver.execute_script(_WIDER),
        "scrolls sideways": driver.execute_script(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ),
        "heading jumps": jumps,
        "first headings": levels.count(1) != 1,
        "tables without caption": driver.execute_script(
            "return [...document.querySelectorAll('table')].filter(t => !t.caption).length"
        ),
        "no language": driver.execute_script("return document.documentElement.lang !== 'vi'"),
        "no title": not driver.title,
        "same ids": driver.execute_script(
            "const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
            "return ids.filter((id, at) => ids.indexOf(id) !== at)"
        ),
        "refused by the policy": [
            entry["message"] for entry in driver.get_log("browser") if "Security Policy" in entry["message"]
        ],
    }
    return {name: fact for name, fact in facts.items() if fact}
