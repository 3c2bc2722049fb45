// Turns the cards of a reply into elements: a list of results, each with a heading, facts and links.

import { anchor, element, linked, render } from "./render.js";

// actions/reply.py sends no others.
const SAFE = ["https:", "tel:", "mailto:"];

export function isCards(custom) {
  return Array.isArray(custom?.kaarten) && custom.kaarten.length > 0;
}

export function renderCards({ kaarten, voor, na }) {
  const list = element("ul", kaarten.map(made => element("li", [card(made)])), "cards");
  // Safari forgets that a list without bullets is a list.
  list.setAttribute("role", "list");
  return [...render(voor ?? ""), list, ...render(na ?? "")];
}

function card({ titel, kenmerken, regels, links, bron }) {
  const heading = element("h2", [String(titel ?? "")]);
  heading.id = `kaart-${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  const made = element("article", [heading], "card");
  made.setAttribute("aria-labelledby", heading.id);
  made.append(...several("marks", kenmerken, words => [words]));
  made.append(...(regels ?? []).map(line => element("p", linked(String(line)))));
  made.append(...several("ways", (links ?? []).filter(link => isSafe(link.url)), way));
  // "Website" says whose only together with the heading.
  made.querySelectorAll(".ways a").forEach(link => link.setAttribute("aria-describedby", heading.id));
  if (bron) made.append(element("p", [String(bron)], "source"));
  return made;
}

function several(name, items, inside) {
  if (!items?.length) return [];
  const list = element("ul", items.map(item => element("li", inside(item))), name);
  list.setAttribute("role", "list");
  return [list];
}

function way({ tekst, url }) {
  return [anchor(url, String(tekst))];
}

function isSafe(url) {
  try {
    return SAFE.includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
