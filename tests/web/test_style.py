"""What the style sheet and the templates promise: enough contrast in light and dark, nothing from elsewhere, no script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.web import page
from tests.fakes import NOW
from tests.pipeline.rig import SANNE, Rig, hit
from tests.web.conftest import page_settings, visitor_of

STYLE = (page.HERE / "static" / "style.css").read_text()
TEMPLATES = sorted((page.HERE / "templates").iterdir())
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
)

PAIRS = [
    ("ink", "shade"),
    ("ink", "paper"),
    ("ink", "tag"),
    ("soft", "shade"),
    ("soft", "paper"),
    ("blue", "shade"),
    ("blue", "paper"),
    ("paper", "blue"),
    ("good", "good-bg"),
    ("good", "paper"),
    ("warn", "warn-bg"),
    ("bad", "bad-bg"),
    ("bad", "paper"),
    ("bad", "shade"),
]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_stands_out_from_its_ground(scheme: dict[str, str], ink: str, ground: str):
    """WCAG 2.2, 1.4.3."""
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), [("edge", "paper"), ("edge", "shade"), ("blue", "shade"), ("blue", "paper")])
def test_the_edge_of_what_can_be_pressed_and_the_focus_are_seen(scheme: dict[str, str], line: str, ground: str):
    """WCAG 2.2, 1.4.11."""
    assert contrast(scheme[line], scheme[ground]) >= 3


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_style_has_no_colour_besides_those_that_are_counted():
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)

    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsl", rules) == []


def test_the_style_loads_nothing():
    assert re.findall(r"url\(|@import|@font-face|image-set|src:", STYLE) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=[template.name for template in TEMPLATES])
def test_no_template_trusts_a_text_or_runs_anything(template: Path):
    forbidden = r"\|\s*safe|Markup|autoescape|<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?://|<form|<iframe"

    assert re.findall(forbidden, template.read_text(), re.IGNORECASE) == []


@pytest.fixture
def first_page(rig: Rig) -> LexborHTMLParser:
    rig.begin(SANNE).seeded()
    rig.poll(hit("Sanne van der Molen in de krant"), hit("Sanne van der Molen won", "https://news.example.org/b"))
    with rig.db.write() as tx:
        tx.exec_driver_sql("UPDATE delivery SET state = 'dead'")
    return LexborHTMLParser(visitor_of(rig).get("/").text)


def test_headings_go_down_one_step_at_a_time(first_page: LexborHTMLParser):
    levels = [int(str(node.tag)[1]) for node in first_page.css("h1, h2, h3, h4, h5, h6")]

    assert levels == [1, 2, 2, 3, 3]


def test_the_page_has_its_landmarks_a_title_and_a_way_past_the_menu(first_page: LexborHTMLParser):
    assert [len(first_page.css(name)) for name in ("title", "header", "nav[aria-label]", "main#content", "footer", "a.skip")] == [
        1
    ] * 6
    assert first_page.css_first("a").attributes["href"] == "#content"  # type: ignore[union-attr] # there is one
    assert [a.text() for a in first_page.css("[aria-current=page]")] == ["Vermeldingen"]


def test_no_id_stands_twice_and_every_label_leads_somewhere(first_page: LexborHTMLParser):
    ids = [node.attributes["id"] for node in first_page.css("[id]")]
    labels = {node.attributes["aria-labelledby"] for node in first_page.css("[aria-labelledby]")}

    assert len(set(ids)) == len(ids)
    assert labels <= set(ids)


@pytest.mark.parametrize("path", ["/sources", "/deliveries"])
def test_every_table_has_a_name_and_headings_for_columns_and_rows(rig: Rig, path: str):
    rig.begin(SANNE).seeded()
    rig.poll(hit("Sanne van der Molen in de krant", published_at=NOW))

    tables = LexborHTMLParser(visitor_of(rig, page_settings(language="en")).get(path).text).css("table")

    assert tables
    assert all(table.attributes.get("aria-label") or table.attributes.get("aria-labelledby") for table in tables)
    assert all(table.css("thead th[scope=col]") for table in tables)
    assert all(len(row.css("th[scope=row]")) == 1 for table in tables for row in table.css("tbody tr"))
