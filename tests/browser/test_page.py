"""The page as a visitor uses it, in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from ops.setup import find_browser
from tests.conftest import Assistant

# Two cores that do other things as well may take longer than the usual five seconds over an answer.
expect.set_options(timeout=20_000)

RIGHT_OF_TEXT = """heading => {
  const range = document.createRange();
  range.selectNodeContents(heading);
  return range.getBoundingClientRect().right;
}"""


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


@pytest.mark.parametrize("width", [320, 360])
def test_the_name_and_the_button_beside_it_fit_on_a_small_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    assert (
        page.locator("h1").evaluate(RIGHT_OF_TEXT)
        < page.get_by_role("button", name="Begin opnieuw").bounding_box()["x"]
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width


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


def test_a_contact_point_is_a_card_that_can_be_called_mailed_and_visited(page: Page) -> None:
    ask(page, "wie contacteer ik in Limburg")
    card = page.get_by_role("log").get_by_role("article", name="Provincie Limburg - Flankerend Onderwijs")
    expect(card.get_by_role("heading")).to_be_visible()
    expect(card.get_by_role("link", name="Bel 011 30 58 40")).to_have_attribute("href", "tel:+3211305840")
    mail = card.get_by_role("link", name="Mail onderwijs@limburg.be")
    expect(mail).to_have_attribute("href", "mailto:onderwijs@limburg.be?subject=Vraag%20over%20duaal%20leren")
    site = card.get_by_role("link", name="Website")
    expect(site).to_have_attribute("href", "https://www.limburg.be/Steunpunt-Onderwijs")
    expect(site).to_have_attribute("rel", "noopener noreferrer")


def test_cards_are_one_message_in_a_list_between_the_words(page: Page) -> None:
    ask(page, "wie contacteer ik in Limburg")
    expect(page.locator(".bot")).to_have_count(2)
    message = page.locator(".bot").last
    expect(message.get_by_role("list").first.get_by_role("article").first).to_be_visible()
    assert 1 <= message.get_by_role("article").count() <= 3
    text = message.inner_text()
    assert text.index("Hier kan je terecht") < text.index("Provincie Limburg") < text.index("Klopt er iets niet meer?")
    # The words that say the same over REST are not repeated.
    assert text.count("Provincie Limburg - Flankerend Onderwijs") == 1


def test_cards_stay_after_a_reload(page: Page) -> None:
    ask(page, "wie contacteer ik in Limburg")
    expect(page.get_by_role("article").first).to_be_visible()
    before = page.get_by_role("article").count()
    page.reload()
    expect(page.get_by_role("article")).to_have_count(before)
    expect(page.get_by_role("link", name="Bel 011 30 58 40")).to_be_visible()


def reply_with(page: Page, message: dict[str, Any]) -> None:
    """Let the next answers of the server be this one."""
    page.route("**/message", lambda route: route.fulfill(json={"messages": [message]}))


CARD = {"titel": "<b>Titel</b>", "kenmerken": ["hout"], "regels": ["Mail a@b.be"], "links": [], "bron": "Bron: x.be."}


def test_a_card_is_text_and_only_safe_addresses_become_links(page: Page) -> None:
    addresses = ["javascript:alert(1)", "data:text/html,x", "http://x.be", "/pad", "https://x.be", "tel:+3212345678"]
    links = [{"tekst": address, "url": address} for address in addresses]
    cards = {"kaarten": [{**CARD, "links": links}], "voor": "Kijk:", "na": "<i>na</i>"}
    reply_with(page, {"text": "alles", "custom": cards})
    ask(page, "wat dan ook")
    card = page.get_by_role("article", name="<b>Titel</b>")
    expect(card).to_contain_text("Bron: x.be.")
    assert [link.inner_text() for link in card.locator(".ways a").all()] == ["https://x.be", "tel:+3212345678"]
    mail = card.get_by_role("link", name="a@b.be")
    expect(mail).to_have_attribute("href", "mailto:a@b.be?subject=Vraag%20over%20duaal%20leren")
    expect(page.locator(".log b, .log i")).to_have_count(0)
    expect(page.get_by_text("alles")).to_have_count(0)


def test_cards_fit_a_small_phone_and_follow_the_headings(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    ask(page, "wie contacteer ik in Limburg")
    expect(page.get_by_role("article").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for link in page.locator(".ways a").all():
        assert link.bounding_box()["height"] >= 44
    assert page.locator("article h2").count() == page.locator("article").count()
    page.locator(".ways a").first.focus()
    expect(page.locator(".ways a").first).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_a_card_stand_out_in_light_and_dark(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    ask(page, "wie contacteer ik in Limburg")
    expect(page.get_by_role("article").first).to_be_visible()
    for selector in (".card h2", ".card .marks li", ".card .ways a", ".card .source"):
        assert page.locator(selector).first.evaluate(CONTRAST) >= 4.5, selector


# The ratio of WCAG between an element's colour and the nearest background behind it.
CONTRAST = """element => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const linear = part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = numbers(colour).map(part => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = element;
  while (numbers(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const two = [light(getComputedStyle(element).color), light(getComputedStyle(behind).backgroundColor)];
  return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
}"""


def test_print_keeps_the_cards_and_drops_the_form(page: Page) -> None:
    ask(page, "wie contacteer ik in Limburg")
    expect(page.get_by_role("article").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.get_by_label("Je vraag")).to_be_hidden()


def test_a_checklist_is_printed_alone_and_mailed_to_oneself(page: Page) -> None:
    mail = {"tekst": "Mail naar jezelf", "url": "mailto:?subject=Checklist&body=een%0D%0Atwee"}
    custom = {"kaarten": [{"titel": "Nog te doen", "regels": ["Vraag aan."], "links": [mail]}], "afdrukken": True}
    reply_with(page, {"text": "Nog te doen: vraag aan.", "custom": custom})
    page.evaluate("window.print = () => { window.printed = document.querySelectorAll('.message.to-print').length }")
    ask(page, "wat dan ook")
    expect(page.get_by_role("link", name="Mail naar jezelf")).to_have_attribute("href", mail["url"])
    page.get_by_role("button", name="Druk af").click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Nog te doen")).to_be_visible()
    expect(page.locator(".user")).to_be_hidden()
    expect(page.get_by_role("button", name="Druk af")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".user")).to_be_visible()


def test_phone_mail_and_sites_in_plain_words_can_be_clicked(page: Page) -> None:
    words = (
        "Bel 011 30 58 40 of +32 2 514 19 00. Bel gratis 1700. Mail onderwijs@limburg.be. Kijk op https://pov.be. "
        "Dat was in 1700 scholen zo."
    )
    reply_with(page, {"text": words})
    ask(page, "wat dan ook")
    links = page.locator(".bot").last.locator("a")
    expect(links).to_have_count(5)
    assert [link.get_attribute("href") for link in links.all()] == [
        "tel:+3211305840",
        "tel:+3225141900",
        "tel:1700",
        "mailto:onderwijs@limburg.be?subject=Vraag%20over%20duaal%20leren",
        "https://pov.be",
    ]


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
