"""The page as a visitor uses it, in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from ops.setup import find_browser
from tests.conftest import Assistant


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        # No sandbox: as root, where tests often run, Chromium refuses to start with one.
        chromium = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture()
def page(browser: Any, assistant: Assistant) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="nl-BE")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(assistant.page)
    yield page
    context.close()
    expected = [problem for problem in problems if "ERR_FAILED" not in problem]
    assert expected == []


def ask(page: Page, text: str) -> None:
    page.get_by_label("Je vraag").fill(text)
    page.get_by_label("Je vraag").press("Enter")


def test_asks_clicks_a_quick_reply_and_sees_the_answer(page: Page) -> None:
    expect(page.get_by_text("automatische assistent en geen mens")).to_be_visible()
    ask(page, "hoe lang is een erkenning geldig")
    log = page.get_by_role("log")
    expect(log.get_by_text("geldt vijf jaar")).to_be_visible()
    expect(log.get_by_text("Nagekeken op 21 november 2026").first).to_be_visible()
    page.get_by_role("button", name="Meer uitleg").click()
    expect(log.locator(".user").last).to_contain_text("Meer uitleg")
    expect(log.locator(".bot")).to_have_count(3)


def test_the_head_of_the_page_stays_in_sight_however_long_the_conversation(page: Page) -> None:
    for question in ("Heb ik verlof in de paasvakantie?", "Ik ben ouder", "Wat is een OAO?"):
        ask(page, question)
        expect(page.get_by_role("status")).to_have_count(0)
        expect(page.get_by_role("log").locator(".user").last).to_have_text(f"Jij: {question}")
    assert page.evaluate("window.scrollY") == 0
    assert page.locator("header").bounding_box()["y"] == 0
    assert page.locator(".user").last.bounding_box()["y"] > page.locator("header").bounding_box()["height"]


def test_works_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar je vraag")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("wat is een OAO?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("overeenkomst alternerende opleiding").first).to_be_visible()
    expect(page.get_by_label("Je vraag")).to_be_focused()


def test_shows_what_people_type_as_text_only(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> <b>vet</b>")
    expect(page.get_by_role("log").locator(".user")).to_contain_text("<b>vet</b>")
    expect(page.locator(".log img")).to_have_count(0)
    expect(page.locator(".user b")).to_have_count(0)


def test_phone_mail_and_sites_can_be_clicked(page: Page) -> None:
    ask(page, "wie contacteer ik in Limburg")
    log = page.get_by_role("log")
    expect(log.get_by_role("link", name="011 30 58 40")).to_have_attribute("href", "tel:011305840")
    mail = log.get_by_role("link", name="onderwijs@limburg.be")
    expect(mail).to_have_attribute("href", "mailto:onderwijs@limburg.be?subject=Vraag%20over%20duaal%20leren")
    expect(log.get_by_role("link", name="limburg.be/Steunpunt-Onderwijs")).to_have_attribute(
        "rel", "noopener noreferrer"
    )


def test_a_reload_keeps_the_conversation_and_starting_over_forgets_it(page: Page) -> None:
    ask(page, "wat is een OAO?")
    expect(page.locator(".bot")).to_have_count(2)
    page.reload()
    expect(page.locator(".user")).to_contain_text("wat is een OAO?")
    page.get_by_role("button", name="Begin opnieuw").click()
    expect(page.locator(".user")).to_have_count(0)
    expect(page.get_by_role("button", name="Wat is duaal leren?")).to_be_visible()


def test_a_lost_connection_keeps_the_typed_text(page: Page) -> None:
    def fail(route: Route) -> None:
        route.abort()

    page.route("**/message", fail)
    ask(page, "wat is een OAO?")
    expect(page.get_by_text("Ik krijg geen verbinding")).to_be_visible()
    expect(page.get_by_label("Je vraag")).to_have_value("wat is een OAO?")
    page.unroute("**/message")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Nagekeken op").first).to_be_visible()


def test_the_welcome_buttons_lead_somewhere(page: Page) -> None:
    for words in page.locator(".replies button").all_inner_texts():
        page.get_by_role("button", name="Begin opnieuw").click()
        page.get_by_role("button", name=words).click()
        expect(page.locator(".bot")).not_to_have_count(1)
        expect(page.get_by_text("Bedoel je")).to_have_count(0)


def test_nothing_from_elsewhere_may_run(page: Page, assistant: Assistant) -> None:
    headers = page.request.get(assistant.page).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
