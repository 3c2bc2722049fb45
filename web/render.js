// Turns the plain text of a reply into elements. Text only ever becomes text: no HTML of anybody is read.

const LINK = new RegExp([
  String.raw`(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])`,
  String.raw`([\w.+-]+@[\w-]+(?:\.[\w-]+)+)`,
  String.raw`((?:\+32|\b0)[\d /.]{7,13}\d)\b`,
  // A short number, 112 or 1700, is one to call only where that is said.
  String.raw`\b(bel(?: gratis| naar| dan| meteen)* )(1\d{2,3})\b`,
].join("|"), "gi");
const NAMED = /([^;:]+?) \((https?:\/\/[^)\s]+)\)/g;

export function render(text) {
  const blocks = text.split(/\n{2,}/).filter(block => block);
  return blocks.flatMap(block => /^(Bron|Bronnen): /.test(block) ? [source(block)] : paragraphs(block));
}

function paragraphs(block) {
  const made = [];
  let list = null;
  for (const line of block.split("\n")) {
    const item = /^(?:- |\d+\. )(.*)$/.exec(line);
    if (!item) {
      list = null;
      made.push(element("p", linked(line)));
      continue;
    }
    const kind = line.startsWith("- ") ? "ul" : "ol";
    if (!list || list.localName !== kind) {
      list = element(kind, []);
      made.push(list);
    }
    list.append(element("li", linked(item[1])));
  }
  return made;
}

function source(block) {
  const line = element("p", split(block, NAMED, match => [anchor(match[2], match[1].trim())]));
  line.className = "source";
  return line;
}

export function linked(text) {
  return split(text, LINK, ([, url, mail, phone, call, short]) => {
    if (url) return [anchor(url, url.replace(/^https?:\/\/(www\.)?/, ""))];
    if (mail) return [anchor(`mailto:${mail}?subject=Vraag%20over%20duaal%20leren`, mail)];
    if (phone) return [anchor(`tel:${phone.replace(/[^\d+]/g, "").replace(/^0/, "+32")}`, phone)];
    return [call, anchor(`tel:${short}`, short)];
  });
}

function split(text, pattern, make) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(done, match.index));
    if (/^\s/.test(match[0])) parts.push(" ");
    parts.push(...make(match));
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)];
}

export function anchor(address, words) {
  const link = element("a", [words]);
  link.href = address;
  if (address.startsWith("http")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return link;
}

export function element(name, children, className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
