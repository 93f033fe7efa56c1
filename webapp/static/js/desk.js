// The minutes desk. What is typed goes into the browser's own store at once and to the server within a second; the store
// is emptied only when the server has answered that it is saved, so that no words are lost when the network, the sign-in
// or the page goes away. Without this script the page saves by its button.
import { openBuffer } from "./desk/buffer.js";
import { clausesOf } from "./desk/clauses.js";
import { keys } from "./desk/keys.js";
import { phrases } from "./desk/phrases.js";
import { saving } from "./desk/saving.js";

document.documentElement.classList.add("with-script");
fold();
searchItems();
room();
const form = document.querySelector("form[data-autosave]");
if (form) write(form);
else keys(null, null);

async function write(form) {
  const clauses = clausesOf(form);
  const saver = saving(form, clauses, await openBuffer(form.dataset.keyOfStore));
  const picker = phrases(form);
  keys(saver, clauses, picker);
  saver.begin();
  document.documentElement.dataset.desk = "ready";
}

// On a phone the list and the paper are folded away until they are asked for.
function fold() {
  const narrow = matchMedia("(max-width: 57.99rem)");
  const set = () => {
    for (const each of document.querySelectorAll("details.fold")) each.open = !narrow.matches;
  };
  set();
  narrow.addEventListener("change", set);
  const current = document.querySelector(".desk-list [aria-current]");
  if (current && !narrow.matches) current.scrollIntoView({ block: "nearest" });
}

function searchItems() {
  const field = document.getElementById("sok-paragraf");
  if (!field) return;
  const lines = [...document.querySelectorAll("#paragraflista li")];
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const line of lines) line.hidden = !line.textContent.toLowerCase().includes(wanted);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const found = lines.find((line) => !line.hidden);
    if (found) found.querySelector("a").click();
  });
}

// Who takes part in the § asks about the whole meeting: it comes after the page, so that the page comes at once.
async function room() {
  const place = document.getElementById("rummet");
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.from);
    if (!answer.ok || answer.redirected) return;
    place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    const summary = place.querySelector("summary");
    if (!summary) return;
    summary.dataset.key = "j";
    summary.dataset.says = summary.textContent;
  } catch {
    /* Without a network the link stays. */
  }
}
