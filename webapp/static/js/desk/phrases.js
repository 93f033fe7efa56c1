// Standard phrases, picked by typing / at the beginning of a line or of a word, or by the button.
import { isOff } from "./keys.js";

export function phrases(form) {
  const dialog = document.getElementById("fraser");
  const search = document.getElementById("sok-fras");
  const buttons = [...dialog.querySelectorAll("[data-phrase]")];
  let field = null, start = 0, end = 0;

  const takesText = (element) => element && element.matches("textarea, input:not([type]), input[type=text]") && form.contains(element);

  function open(at, slash = false) {
    field = takesText(at) ? at : form.elements.background;
    end = field.selectionEnd;
    start = slash ? end - 1 : field.selectionStart;
    search.value = "";
    filter();
    dialog.showModal();
    search.focus();
  }

  function filter() {
    const wanted = search.value.trim().toLowerCase();
    for (const each of buttons) each.parentElement.hidden = !each.textContent.toLowerCase().includes(wanted);
  }

  const shown = () => buttons.filter((each) => !each.parentElement.hidden);

  // By the browser's own typing, so that Ctrl+Z takes it back and the saving hears it.
  function insert(text) {
    dialog.close();
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const gap = text.indexOf("…");
    if (gap >= 0 && field.value.slice(start + gap, start + gap + 1) === "…") field.setSelectionRange(start + gap, start + gap + 1);
  }

  form.addEventListener("input", (event) => {
    if (event.data !== "/" || !buttons.length || isOff() || !takesText(event.target)) return;
    const at = event.target.selectionEnd, text = event.target.value;
    const begins = at === 1 || /\s/.test(text[at - 2]), ends = at === text.length || /\s/.test(text[at]);
    if (begins && ends) open(event.target, true);
  });
  dialog.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-phrase]");
    if (chosen) insert(chosen.dataset.phrase);
  });
  dialog.addEventListener("keydown", (event) => {
    const all = shown(), place = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown") event.preventDefault(), all[Math.min(place + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp") event.preventDefault(), (all[place - 1] || search).focus();
    else if (event.key === "Enter" && event.target === search && all[0]) event.preventDefault(), insert(all[0].dataset.phrase);
  });
  search.addEventListener("input", filter);
  dialog.addEventListener("close", () => field && field.focus());
  const opener = document.getElementById("visa-fraser");
  let last = null;
  form.addEventListener("focusout", (event) => takesText(event.target) && (last = event.target));
  if (opener) opener.addEventListener("click", () => open(last));

  return { open };
}
