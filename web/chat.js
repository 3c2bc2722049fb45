// <duaalwijzer-chat>: the conversation. Works with keyboard and screen reader; keeps it until the tab is closed.

import { isCards, renderCards } from "./cards.js";
import { printButton } from "./print.js";
import { element, render } from "./render.js";

const NO_CONNECTION = "Ik krijg geen verbinding. Je bericht staat nog in het vak: probeer het straks opnieuw. " +
  "Is het dringend? Bel gratis 1700 (de infolijn van de Vlaamse overheid).";
const STORE = "duaalwijzer";
// Pixels above the last question when the conversation moves up.
const MARGIN = 12;

class DuaalwijzerChat extends HTMLElement {
  connectedCallback() {
    this.welcome = this.querySelector("template[data-welcome]");
    this.build();
    this.restore();
    document.getElementById("opnieuw")?.addEventListener("click", () => this.startOver());
  }

  build() {
    this.log = element("div", [], "log");
    this.log.id = "gesprek";
    this.log.tabIndex = 0;
    this.log.setAttribute("role", "log");
    this.log.setAttribute("aria-label", "Gesprek met Duaalwijzer");
    this.status = element("p", [], "waiting");
    this.status.setAttribute("role", "status");
    this.status.hidden = true;

    this.input = document.createElement("textarea");
    this.input.id = "bericht";
    this.input.rows = 1;
    this.input.autocomplete = "off";
    this.input.enterKeyHint = "send";
    const label = element("label", ["Je vraag"]);
    label.htmlFor = "bericht";
    const send = element("button", ["Verstuur"]);
    this.form = element("form", [element("div", [label, this.input], "field"), send]);
    this.append(this.log, this.form);

    this.form.addEventListener("submit", event => {
      event.preventDefault();
      this.say(this.input.value);
    });
    this.input.addEventListener("keydown", event => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
    this.input.addEventListener("input", () => this.grow());
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "null");
    this.session = kept?.session ?? newSession();
    this.said = kept?.said ?? [];
    this.log.replaceChildren();
    this.greet();
    for (const [index, { buttons, ...message }] of this.said.entries()) {
      this.show({ ...message, buttons: index === this.said.length - 1 ? buttons : [] });
    }
    this.scroll();
  }

  greet() {
    const content = this.welcome.content.cloneNode(true);
    const buttons = [...content.querySelectorAll("button")].map(button => button.textContent);
    content.querySelectorAll("button").forEach(button => button.remove());
    this.log.append(element("div", [content], "message bot"));
    if (!this.said.length) this.offer(buttons);
  }

  startOver() {
    sessionStorage.removeItem(STORE);
    this.restore();
    this.input.focus();
  }

  async say(typed) {
    const text = typed.trim();
    if (this.busy || !text) return this.input.focus();
    this.busy = true;
    this.clearOffers();
    this.log.querySelectorAll(".problem").forEach(old => old.remove());
    const mine = { who: "user", text };
    const shown = this.show(mine);
    this.input.value = "";
    this.grow();
    this.wait(true);
    try {
      const messages = await this.post(text);
      this.keep(mine);
      for (const [index, { text, custom, buttons }] of messages.entries()) {
        const offered = index === messages.length - 1 ? buttons ?? [] : [];
        const reply = { who: "bot", text: text ?? "", custom, buttons: offered.map(button => button.payload) };
        this.show(reply);
        this.keep(reply);
      }
    } catch {
      shown.remove();
      this.input.value = text;
      this.grow();
      this.show({ who: "bot", text: NO_CONNECTION }).classList.add("problem");
    }
    this.wait(false);
    this.busy = false;
    this.scroll();
    this.input.focus({ preventScroll: true });
  }

  async post(text) {
    const answer = await fetch("message", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session: this.session, message: text }),
    });
    if (!answer.ok && answer.status !== 429) throw new Error(`status ${answer.status}`);
    return (await answer.json()).messages;
  }

  show({ who, text, custom, buttons }) {
    const bubble = element("div", who === "user" ? [text] : inside(text, custom), `message ${who}`);
    bubble.classList.toggle("wide", isCards(custom));
    bubble.prepend(hidden(who === "user" ? "Jij: " : "Duaalwijzer: "));
    if (custom?.afdrukken) bubble.append(printButton(bubble));
    this.log.append(bubble);
    this.offer(buttons);
    return bubble;
  }

  offer(buttons) {
    if (!buttons?.length) return;
    const row = element("div", [], "replies");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", "Snelle antwoorden");
    for (const words of buttons) {
      const button = element("button", [words]);
      button.type = "button";
      button.addEventListener("click", () => this.say(words));
      row.append(button);
    }
    this.log.append(row);
  }

  clearOffers() {
    this.log.querySelectorAll(".replies").forEach(row => row.remove());
  }

  keep(message) {
    this.said.push(message);
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ session: this.session, said: this.said.slice(-100) }));
    } catch {
      // A full or forbidden store costs only the memory of this tab.
    }
  }

  wait(on) {
    this.status.hidden = !on;
    this.status.textContent = on ? "Duaalwijzer denkt na" : "";
    if (on) {
      this.log.append(this.status);
      this.scroll();
    } else {
      this.status.remove();
    }
  }

  // The start of the last reply stays in sight, however long it is.
  scroll() {
    const users = this.log.querySelectorAll(".user");
    const last = users[users.length - 1];
    if (!last) this.log.scrollTop = 0;
    // Only the conversation moves: scrollIntoView would take the page's head along.
    else this.log.scrollTop += last.getBoundingClientRect().top - this.log.getBoundingClientRect().top - MARGIN;
  }

  grow() {
    this.input.style.removeProperty("height");
    this.input.style.height = `${this.input.scrollHeight + 4}px`;
  }
}

function inside(text, custom) {
  return isCards(custom) ? renderCards(custom) : render(text);
}

function newSession() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

function hidden(text) {
  return element("span", [text], "sr");
}

customElements.define("duaalwijzer-chat", DuaalwijzerChat);
