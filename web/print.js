// Prints one message, such as a checklist, and nothing else of the page: web/print.css hides the rest.

import { element } from "./render.js";

const CHOSEN = "to-print";

export function printButton(message) {
  const button = element("button", ["Druk af"], "print");
  button.type = "button";
  button.addEventListener("click", () => {
    message.classList.add(CHOSEN);
    document.body.classList.add(CHOSEN);
    print();
  });
  return button;
}

addEventListener("afterprint", () => {
  document.querySelectorAll(`.${CHOSEN}`).forEach(chosen => chosen.classList.remove(CHOSEN));
});
