// The minutes desk saves by itself. What is typed goes into the browser's own store at once and to the server within a
// second; the store is emptied only when the server has answered that it is saved, so that no words are lost when the
// network, the sign-in or the page goes away. Without this script the page saves by its button.
const form = document.querySelector("form[data-autosave]");
if (form) desk(form);

function desk(form) {
  const PAUSE = 700, RETRY = 4000;
  const says = form.dataset, key = form.dataset.key;
  const state = document.getElementById("lage");
  const clauses = document.getElementById("att-satser");
  const blank = document.getElementById("ny-att-sats");
  const base = form.elements.base_version;
  const token = () => form.elements.csrf_token.value;
  let timer = 0, sending = null, stale = false;

  // --- words in the form ---

  function clauseWords(box) {
    const words = {};
    for (const field of box.querySelectorAll("[data-field]")) {
      const name = field.dataset.field;
      if (name === "years") {
        words.years = [...field.querySelectorAll("[data-year]")].map((row) => ({
          year: row.querySelector("[data-year-of=year]").value,
          amount: row.querySelector("[data-year-of=amount]").value,
        }));
      } else if (name === "conditions" || name === "persons") words[name] = field.value.split("\n");
      else words[name] = field.type === "checkbox" ? field.checked : field.value;
    }
    return words;
  }

  function words() {
    return {
      base_version: Number(base.value),
      heading: form.elements.heading.value,
      background: form.elements.background.value,
      clauses: [...clauses.querySelectorAll("[data-clause]")].map(clauseWords),
    };
  }

  function put(told) {
    form.elements.heading.value = told.heading;
    form.elements.background.value = told.background;
    clauses.replaceChildren();
    for (const clause of told.clauses) fill(addClause(), clause);
  }

  function fill(box, clause) {
    for (const field of box.querySelectorAll("[data-field]")) {
      const value = clause[field.dataset.field];
      if (value === undefined) continue;
      if (field.dataset.field === "years") fillYears(field, value);
      else if (Array.isArray(value)) field.value = value.join("\n");
      else if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }
    showFields(box);
  }

  function fillYears(table, years) {
    const body = table.querySelector("tbody"), first = body.querySelector("[data-year]");
    while (body.children.length < years.length) body.append(first.cloneNode(true));
    years.forEach((each, place) => {
      body.children[place].querySelector("[data-year-of=year]").value = each.year;
      body.children[place].querySelector("[data-year-of=amount]").value = each.amount;
    });
    number();
  }

  // --- clauses ---

  function showFields(box) {
    const verb = box.querySelector("[data-field=verb]").value;
    for (const part of box.querySelectorAll("[data-verbs]")) part.hidden = !part.dataset.verbs.split(" ").includes(verb);
  }

  function number() {
    [...clauses.querySelectorAll("[data-clause]")].forEach((box, place) => {
      box.id = `att-sats-${place + 1}`;
      for (const told of box.querySelectorAll("[data-number]")) told.textContent = place + 1;
      box.querySelector("[data-act=up]").hidden = place === 0;
      for (const button of box.querySelectorAll("[data-act]")) button.value = `${button.dataset.act}-${place}`;
      [...box.querySelectorAll("[data-year]")].forEach((row, line) => {
        for (const field of row.querySelectorAll("input")) {
          field.name = field.id = `clauses-${place}-years-${line}-${field.dataset.yearOf}`;
        }
      });
      renumber(box, place);
    });
  }

  function renumber(box, place) {
    const mend = (text) => text.replace(/^clauses-(X|\d+)-/, `clauses-${place}-`);
    for (const each of box.querySelectorAll("[id^=clauses-], [name^=clauses-], [for^=clauses-], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        if (each.hasAttribute(name)) each.setAttribute(name, mend(each.getAttribute(name)));
      }
    }
  }

  function addClause() {
    clauses.append(blank.content.cloneNode(true));
    number();
    return clauses.lastElementChild;
  }

  const boxOf = (element) => element && element.closest("[data-clause]");

  function moveUp(box) {
    if (!box || !box.previousElementSibling) return;
    const held = document.activeElement;
    box.previousElementSibling.before(box);
    number();
    if (held && held.focus) held.focus();
    touched();
  }

  function remove(box) {
    const next = box.nextElementSibling || box.previousElementSibling;
    box.remove();
    number();
    (next || form.querySelector("[data-act=add]")).focus();
    touched();
  }

  form.addEventListener("change", (event) => {
    if (event.target.dataset.field === "verb") showFields(boxOf(event.target));
    touched();
  });
  form.addEventListener("input", touched);
  form.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (!act) return;
    event.preventDefault();
    if (act.dataset.act === "add") startClause();
    else if (act.dataset.act === "up") moveUp(boxOf(act));
    else remove(boxOf(act));
  });

  function startClause() {
    const box = addClause();
    box.querySelector("[data-field=verb]").focus();
    box.scrollIntoView({ block: "nearest" });
    touched();
  }

  // --- saving ---

  function say(text, kind) {
    if (state.textContent !== text) state.textContent = text;
    state.dataset.state = kind;
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify({ url: form.action, words: words() }));
    } catch { /* The store is full or shut off: the server still gets every save. */ }
  }

  function kept(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function forget(name) {
    try {
      localStorage.removeItem(name);
    } catch { /* Nothing was kept there either. */ }
  }

  function touched() {
    keep();
    if (stale) return;
    say(says.saysSaving, "saving");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  function post(url, told, keepalive = false) {
    return fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(told),
      keepalive,
    });
  }

  async function save() {
    clearTimeout(timer);
    if (stale) return;
    if (sending) {
      await sending;
      return save();
    }
    const told = words();
    sending = deliver(told);
    const done = await sending;
    sending = null;
    // Typed meanwhile: the next save goes over the version that this one made.
    if (done && !stale && JSON.stringify(words()) !== JSON.stringify({ ...told, base_version: Number(base.value) })) touched();
  }

  async function deliver(told) {
    let answer;
    try {
      answer = await post(form.action, told);
    } catch {
      say(says.saysOffline, "offline");
      timer = setTimeout(save, RETRY);
      return false;
    }
    let body = {};
    try {
      body = await answer.json();
    } catch { /* A proxy's page, not ours. */ }
    if (answer.ok && body.state === "saved") return saved(body, told);
    if (answer.ok && body.state === "stale") return conflict(body);
    say(body.message ? `${says.saysRefused} ${body.message}` : says.saysRefused, "refused");
    if (answer.status >= 500) timer = setTimeout(save, RETRY);
    return false;
  }

  function saved(body, told) {
    base.value = body.version;
    if (JSON.stringify({ ...words(), base_version: told.base_version }) === JSON.stringify(told)) forget(key);
    else keep();
    say(body.message, "saved");
    replace("papper", body.paper);
    replace("anmarkningar", body.findings);
    replace("raden", body.line);
    return true;
  }

  // What the server sends is escaped by its templates, like the page itself; scripts in it would not run.
  function replace(id, html) {
    const place = document.getElementById(id);
    if (place) place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }

  // --- two texts ---

  function conflict(body) {
    stale = true;
    keep();
    replace("krock", body.panel);
    say(says.saysChoose, "stale");
    const panel = document.getElementById("krock");
    panel.onclick = (event) => choose(event, panel, body.version);
    return false;
  }

  function choose(event, panel, version) {
    const choice = event.target.closest("[data-choice]");
    if (!choice) return;
    if (choice.dataset.choice === "theirs") return forget(key);
    // Mine, with what was typed since: saved over their version. To merge, their text stays in sight.
    event.preventDefault();
    stale = false;
    base.value = version;
    if (choice.dataset.choice === "mine") {
      panel.replaceChildren();
      save();
    } else {
      panel.querySelector(".buttons").remove();
      say("", "saved");
    }
    keep();
    form.elements.background.focus();
  }

  // --- catching up ---

  function restore() {
    const own = kept(key);
    if (!own || says.merging) return;
    put(own.words);
    base.value = own.words.base_version;
    save();
  }

  // On a slow line somebody may have typed before this script came; some browsers also give typed words back on reload.
  function typedAlready() {
    return [...form.querySelectorAll("input, textarea")].some((field) =>
      field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
    );
  }

  function othersKept() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith("paragraf-") && name !== key);
    } catch {
      return [];
    }
  }

  // Other §§ whose words did not reach the server before their page was left.
  async function catchUp() {
    for (const name of othersKept()) {
      const waiting = kept(name);
      if (!waiting) continue;
      try {
        const answer = await post(waiting.url, waiting.words);
        // Stale or not, the server has kept the words now.
        if (answer.ok) forget(name);
      } catch {
        return;
      }
    }
  }

  window.addEventListener("online", () => {
    save();
    catchUp();
  });
  window.addEventListener("pagehide", () => {
    if (kept(key) && !stale) post(form.action, words(), true).catch(() => {});
  });

  // --- keys ---

  async function go(link) {
    if (!link) return;
    if (kept(key)) await save();
    location.href = link.href;
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "PageDown") event.preventDefault(), go(document.getElementById("nasta"));
    else if (event.altKey && event.shiftKey && event.key === "PageUp") event.preventDefault(), moveUp(boxOf(document.activeElement));
    else if (event.altKey && event.key === "PageUp") event.preventDefault(), go(document.getElementById("foregaende"));
    else if (event.altKey && event.key === "Insert") event.preventDefault(), startClause();
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault(), save();
  });

  const first = document.querySelector("[aria-current]");
  if (first && first.closest(".desk-list")) first.scrollIntoView({ block: "nearest" });
  document.documentElement.classList.add("with-script");
  if (kept(key)) restore();
  else if (typedAlready()) touched();
  catchUp();
}
