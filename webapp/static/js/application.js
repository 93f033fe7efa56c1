// The applicant's section page: saves by itself, counts words, and lets js/sums.js add up. Without script the buttons do
// all of it; with it nothing is decided here that the server does not decide again.
"use strict";

const form = document.querySelector(".section-form");
function closeListOnPhone() {
  const list = document.querySelector(".form-nav-list");
  if (list && window.matchMedia("(max-width: 60rem)").matches) list.open = false;
}

// --- words ----------------------------------------------------------------------------------------------------------

function startCounting(form) {
  for (const line of form.querySelectorAll("[data-count-for]")) {
    const field = document.getElementById(line.dataset.countFor);
    const most = Number(field.dataset.maxWords || 0);
    if (!most) continue;
    const count = () => {
      const words = field.value.trim() ? field.value.trim().split(/\s+/).length : 0;
      line.textContent = form.dataset.textWords.replace("{count}", words).replace("{most}", most);
      line.classList.toggle("over", words > most);
    };
    line.hidden = false;
    field.addEventListener("input", count);
    count();
  }
}

// --- saving by itself ---------------------------------------------------------------------------------------------------

function startSaving(form) {
  const state = form.querySelector("[data-save-state]");
  const base = form.querySelector("[name=base-version]");
  const kept = `paragraf${form.action}`;
  let timer = null, pause = 800, busy = false, stopped = false, sent = typed();
  let saved = sent, known = null, aside = false, renewed = false;
  tidyKept();
  offerKept();
  if (typedAlready()) {
    saved = null;
    wait();
  }

  form.addEventListener("input", (event) => { if (event.target.type !== "file") wait(); });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); if (!aside && typed() !== saved) keep(true); });
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => { if (!stopped && typed() !== saved) event.preventDefault(); });
  // Coming back by the Back button shows a page that was left: it saves again from where it stood.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  // On a slow line somebody may have typed before this script came: what is in the fields is then not what was served.
  // Fields in which the browser itself changes what it is given (dates, numbers) tell nothing here.
  function typedAlready() {
    return [...form.elements].some((one) => {
      if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
      return (one.type === "text" || one.type === "textarea") && one.value !== one.defaultValue;
    });
  }

  function typed() {
    const data = new FormData(form);
    for (const name of [...data.keys()]) if (data.get(name) instanceof File) data.delete(name);
    for (const own of ["csrf_token", "base-version", "next-step"]) data.delete(own);
    return new URLSearchParams(data).toString();
  }

  function tell(text, is) {
    state.textContent = text;
    state.dataset.is = is;
  }

  function wait() {
    if (stopped) return;
    if (typed() !== saved) {
      if (state.dataset.is !== "trouble") tell(form.dataset.textWaiting, "waiting");
      keep();
    }
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    const now = typed();
    if (busy || stopped || now === saved) return;
    busy = true;
    sent = now;
    tell(form.dataset.textSaving, "waiting");
    try {
      const body = new URLSearchParams(now);
      body.set("base-version", base.value);
      body.set("visa", form.dataset.shows || "");
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
        body,
        signal: AbortSignal.timeout(15000),
      });
      if (answer.ok) await take(await answer.json());
      else await refuse(answer);
    } catch {
      tell(form.dataset.textOffline, "trouble");
      pause = 5000;
    }
    busy = false;
    if (!stopped && typed() !== saved) wait();
  }

  async function refuse(answer) {
    const told = await answer.json().catch(() => ({}));
    // The browser's session is gone, the link is not: once more, with the token of the new one.
    if (told.csrf && !renewed) {
      form.elements.csrf_token.value = told.csrf;
      renewed = true;
      pause = 0;
      return;
    }
    tell(form.dataset.textRefused.replace("{why}", told.message || answer.status), "trouble");
    // What is wrong with the link or the session is not mended by asking again; a busy server may be.
    if (answer.status < 500) stopped = true;
    else pause = 5000;
  }

  async function take(told) {
    pause = 800;
    renewed = false;
    if (told.conflicts.length || !showOthers(told.others)) return compare();
    saved = sent;
    if (Object.keys(told.others).length && typed() !== sent) saved = typed();
    base.value = told.version;
    forget();
    tell(told.saved, "saved");
    known = told.problems;
    showErrors(known);
    showAsked(told.asked);
    if (typed() === saved) showSums(told.budgets), showTables(told.tables);
    const tag = document.querySelector(`[data-state="${form.dataset.section}"]`);
    if (tag) {
      tag.textContent = told.state;
      tag.classList.toggle("tag-good", told.complete);
      tag.classList.toggle("tag-bad", told.wrong);
    }
  }

  // Someone else has answered these meanwhile. False when what I am typing just now stands in the way.
  function showOthers(others) {
    if (Object.keys(others).length && typed() !== sent) return false;
    for (const [question, texts] of Object.entries(others)) {
      const fields = [...form.elements].filter((one) => one.name === question || one.name.startsWith(`${question}.`));
      const names = new Set(fields.map((one) => one.name));
      if (Object.keys(texts).some((name) => !names.has(name))) return false;
      for (const one of fields) {
        const values = texts[one.name] || [];
        if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
        else if (one.type !== "hidden" && one.type !== "submit") one.value = values[0] || "";
      }
    }
    addAll();
    return true;
  }

  function compare() {
    // The server has put the late answers aside: nothing has to be kept here.
    stopped = aside = true;
    forget();
    tell(form.dataset.textConflict, "trouble");
    const button = document.createElement("button");
    button.className = "btn btn-primary";
    button.name = "next-step";
    button.value = "compare";
    button.textContent = form.dataset.textCompare;
    state.after(button);
  }

  function showErrors(problems) {
    const told = {};
    for (const one of problems) told[one.field] = [...(told[one.field] || []), one.message];
    for (const box of form.querySelectorAll("[data-field]")) {
      const name = box.dataset.field;
      const line = document.getElementById(`${name}-fel`);
      const field = document.getElementById(name);
      // Nobody is corrected in the middle of a word: the field that is being written in waits for the next save.
      if (!line || (field === document.activeElement && told[name])) continue;
      const text = (told[name] || []).join(" ");
      line.textContent = text;
      line.hidden = !text;
      box.classList.toggle("field-wrong", Boolean(text));
      if (field && field.matches("input, textarea, select")) {
        if (text) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
  }

  form.addEventListener("focusout", () => setTimeout(() => {
    if (stopped || busy) return;
    if (typed() !== saved) save();
    else if (known) showErrors(known);
  }, 0));

  function showAsked(asked) {
    for (const box of form.querySelectorAll("[data-question]")) box.hidden = !asked.includes(box.dataset.question);
  }

  // --- kept in the browser until the server has it ---

  function keep(leaving = false) {
    const what = { base: base.value, typed: typed(), leaving };
    try { localStorage.setItem(kept, JSON.stringify(what)); } catch { /* full or shut */ }
  }

  // Sections that were left by a button have reached the server, since the next page is here.
  function tidyKept() {
    const own = kept.slice(0, kept.lastIndexOf("/") + 1);
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(own) && key !== kept && JSON.parse(localStorage.getItem(key)).leaving) localStorage.removeItem(key);
      }
    } catch { /* shut or unreadable */ }
  }

  // A button's save leads back here by a redirect; the server may print what was typed otherwise ("30 tkr": "30 000").
  function cameBySaving() {
    const [arrival] = performance.getEntriesByType("navigation");
    return Boolean(arrival) && arrival.type === "navigate" && arrival.redirectCount > 0;
  }

  function forget() {
    try { localStorage.removeItem(kept); } catch { /* shut */ }
  }

  function offerKept() {
    let found = null;
    try { found = JSON.parse(localStorage.getItem(kept)); } catch { /* shut or unreadable */ }
    if (!found) return;
    if (found.typed === sent || (found.leaving && cameBySaving())) return forget();
    const box = document.createElement("div");
    box.className = "notice notice-warning";
    box.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = form.dataset.textFound;
    const back = document.createElement("button");
    const away = document.createElement("button");
    back.type = away.type = "button";
    back.className = "btn btn-primary";
    away.className = "btn btn-secondary";
    back.textContent = form.dataset.textRestore;
    away.textContent = form.dataset.textDiscard;
    back.addEventListener("click", () => { restore(found); box.remove(); });
    away.addEventListener("click", () => { forget(); box.remove(); });
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    buttons.append(back, away);
    box.append(line, buttons);
    form.before(box);
  }

  function restore(found) {
    const texts = new URLSearchParams(found.typed);
    addRowsFor([...texts.keys()]);
    for (const one of form.elements) {
      if (!texts.has(one.name) || one.type === "hidden" || one.type === "submit" || one.type === "file") continue;
      if (one.type === "checkbox" || one.type === "radio") one.checked = texts.getAll(one.name).includes(one.value);
      else one.value = texts.get(one.name);
    }
    // From the version it was written on: if someone has changed the same answers since, both are shown.
    base.value = found.base;
    addAll();
    wait();
  }
}

// Last, when everything above is there to be used.
if (form) {
  startCounting(form);
  for (const table of form.querySelectorAll("table[data-budget]")) startAdding(table);
  for (const table of form.querySelectorAll("table[data-table]")) startTable(table);
  closeListOnPhone();
  if ("autosave" in form.dataset) startSaving(form);
}
