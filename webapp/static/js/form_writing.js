// Writing a form: saves by itself, shows all faults and what the form looks like, leads to the place of a fault.
// Without this script the buttons do all of it; with it nothing is decided here that the server does not decide.
"use strict";

const form = document.getElementById("skriv-form");
const text = document.getElementById("kalla-text");
const PAUSE = 900;

// --- line numbers ------------------------------------------------------------------------------------------------------

function startLines() {
  const editor = form.querySelector(".editor");
  const lines = form.querySelector(".editor-lines");
  let count = 0;
  const draw = () => {
    const now = text.value.split("\n").length;
    if (now !== count) lines.textContent = Array.from({ length: now }, (_each, place) => place + 1).join("\n") + "\n\n";
    count = now;
    lines.scrollTop = text.scrollTop;
  };
  editor.classList.add("editor-scrolls");
  text.addEventListener("input", draw);
  text.addEventListener("scroll", () => { lines.scrollTop = text.scrollTop; });
  draw();
}

// A new line begins as far in as the one before it.
function startIndenting() {
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || text.readOnly) return;
    const before = text.value.slice(0, text.selectionStart);
    const indent = /^ */.exec(before.slice(before.lastIndexOf("\n") + 1))[0];
    if (!indent) return;
    event.preventDefault();
    text.setRangeText(`\n${indent}`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// --- to the place of a fault -------------------------------------------------------------------------------------------

function startFaults() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.line), Number(link.dataset.column));
  });
}

function goTo(line, column) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const place = start + Math.min(column - 1, (lines[line - 1] || "").length);
  text.focus();
  text.setSelectionRange(place, Math.max(place, start + (lines[line - 1] || "").length));
  text.scrollTop = Math.max(0, (line - 6) * (text.scrollHeight / lines.length));
  text.scrollLeft = 0;
  form.querySelector(".editor").scrollIntoView({ block: "nearest" });
}

// --- what it looks like ------------------------------------------------------------------------------------------------

const shown = () => document.querySelector("[data-shown]")?.dataset.shown || "";

function startPreview() {
  const place = document.querySelector("[data-preview-here]");
  place.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-preview]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const href = link.getAttribute("href");
      place.innerHTML = (await answer.json()).preview;
      [...place.querySelectorAll("a[data-preview]")].find((each) => each.getAttribute("href") === href)?.focus();
    } catch {
      window.location.href = link.href;
    }
  });
}

// --- saving by itself --------------------------------------------------------------------------------------------------

function startSaving() {
  const state = form.querySelector("[data-save-state]");
  const base = form.querySelector("[name=base-version]");
  const kept = `paragraf${window.location.pathname}`;
  let timer = null, busy = false, stopped = false, saved = text.defaultValue;

  const say = (words, is) => { if (state.textContent !== words) state.textContent = words; state.dataset.is = is; };
  const keep = () => { try { localStorage.setItem(kept, text.value); } catch { /* a full or closed store: the page itself still has it */ } };
  const forget = () => { try { localStorage.removeItem(kept); } catch { /* as above */ } };

  function wait() {
    if (stopped) return;
    keep();
    say(form.dataset.textWaiting, "waiting");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  async function save() {
    if (busy || stopped || text.value === saved) return;
    busy = true;
    const sending = text.value;
    say(form.dataset.textSaving, "saving");
    const fields = new FormData(form);
    for (const [name, value] of new URLSearchParams(shown())) fields.append(name, value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!answer.ok) refused(told.message || answer.status);
      else if (told.conflict) conflict(told.conflict);
      else taken(told, sending);
    } catch {
      say(form.dataset.textOffline, "trouble");
      timer = setTimeout(save, 5000);
    } finally {
      busy = false;
    }
    if (!stopped && state.dataset.is === "saved" && text.value !== saved) wait();
  }

  function taken(told, sending) {
    base.value = told.version;
    saved = sending;
    if (text.value === sending) forget();
    document.querySelector("[data-faults]").innerHTML = told.faults;
    document.querySelector("[data-preview-here]").innerHTML = told.preview;
    say(told.saved, "saved");
  }

  function refused(why) {
    say(form.dataset.textRefused.replace("{why}", why), "trouble");
  }

  // The late text is set aside by now; the button sends it once more and gets the page that shows both.
  function conflict(words) {
    stopped = true;
    clearTimeout(timer);
    say(`${words} `, "trouble");
    const button = document.createElement("button");
    button.className = "btn btn-secondary btn-small";
    button.textContent = form.dataset.textCompare;
    state.append(button);
  }

  function offerKept() {
    let found = null;
    try { found = localStorage.getItem(kept); } catch { return; }
    if (found === null || found === text.value) { forget(); return; }
    const notice = document.createElement("div");
    notice.className = "notice notice-warning";
    notice.setAttribute("role", "status");
    notice.append(`${form.dataset.textFound} `);
    const button = (label, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-secondary btn-small";
      made.textContent = label;
      made.addEventListener("click", () => { act(); notice.remove(); text.focus(); });
      notice.append(made, " ");
    };
    button(form.dataset.textRestore, () => { text.value = found; text.dispatchEvent(new Event("input", { bubbles: true })); });
    button(form.dataset.textDiscard, forget);
    form.prepend(notice);
  }

  if (!("autosave" in form.dataset)) return;
  offerKept();
  text.addEventListener("input", wait);
  // Typed before this script came, on a slow line.
  if (text.value !== text.defaultValue) wait();
  window.addEventListener("online", save);
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
  window.addEventListener("beforeunload", (event) => { if (!stopped && text.value !== saved) event.preventDefault(); });
}

if (form && text) {
  startLines();
  startIndenting();
  startFaults();
  startPreview();
  startSaving();
  document.querySelector("[role=alert][tabindex]")?.focus();
}
