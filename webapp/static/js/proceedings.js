// What happens around a decision: motions, votes, reservations, notes. Offers the desk two functions and no more:
// window.proceedings.words(form) is what the panel tells, as JSON (undefined while there is no panel and nothing was
// put: then the server keeps what it has), and window.proceedings.put(form, told) fills the panel.
(() => {
  const LISTS = ["motions", "votes", "reservations", "notes"];
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const panel = () => form.querySelector("[data-proceedings]");
  const rowsOf = (name) => panel().querySelector(`[data-rows=${name}]`);
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));
  // Put before the panel came: kept, so that no save loses it.
  let waiting;

  // --- words ---

  function words(of) {
    if (of !== form || !panel()) return waiting;
    const told = { propositions: panel().querySelector("[data-p=propositions]").value };
    for (const name of LISTS) told[name] = [...rowsOf(name).children].map(wordsOf);
    return told;
  }

  function wordsOf(row) {
    const told = { by: [...(row.kept?.by || [])], ballots: { ...(row.kept?.ballots || {}) } };
    for (const field of row.querySelectorAll("[data-p]")) {
      const name = field.dataset.p;
      if (name === "by") field.checked && told.by.push(Number(field.value));
      else if (field.type === "checkbox") told[name] = field.checked;
      else if (name === "person_id") told[name] = Number(field.value) || 0;
      else told[name] = field.value;
    }
    for (const voter of row.querySelectorAll("[data-voter]")) {
      const cast = voter.querySelector("input:checked");
      if (cast) told.ballots[voter.dataset.voter] = cast.value;
    }
    return told;
  }

  function put(of, told) {
    if (of !== form) return;
    waiting = told;
    if (!panel()) return void load();
    panel().querySelector("[data-p=propositions]").value = told.propositions || "";
    for (const name of LISTS) {
      rowsOf(name).replaceChildren();
      for (const one of told[name] || []) fill(add(name), one);
    }
    tidy();
    panel().open = panel().open || LISTS.some((name) => (told[name] || []).length) || Boolean(told.propositions);
  }

  function fill(row, one) {
    const by = new Set((one.by || []).map(String)), ballots = { ...(one.ballots || {}) };
    for (const field of row.querySelectorAll("[data-p]")) {
      const name = field.dataset.p;
      if (name === "by") field.checked = by.delete(field.value);
      else if (field.type === "checkbox") field.checked = one[name] === true;
      else if (one[name] !== undefined && one[name] !== null) field.value = one[name] || "";
    }
    for (const voter of row.querySelectorAll("[data-voter]")) {
      const cast = ballots[voter.dataset.voter];
      delete ballots[voter.dataset.voter];
      for (const radio of voter.querySelectorAll("input")) radio.checked = radio.value === cast;
    }
    // Those who are not offered any more are not lost: the server says that they do not take part.
    row.kept = { by: [...by].map(Number), ballots };
  }

  // --- rows ---

  function add(name) {
    const rows = rowsOf(name);
    rows.append(panel().querySelector(`[data-blank=${name}]`).content.cloneNode(true));
    number(name);
    return rows.lastElementChild;
  }

  function number(name) {
    const old = new RegExp(`^p-${name}-(X|\\d+)-`);
    [...rowsOf(name).children].forEach((row, place) => {
      row.querySelector("[data-place]").textContent = place + 1;
      // A renamed radio must not let go of its choice to another row's group of the same name.
      const chosen = [...row.querySelectorAll("input:checked")];
      for (const each of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
        for (const attribute of ["id", "name", "for", "aria-describedby"]) {
          const value = each.getAttribute(attribute);
          if (value) each.setAttribute(attribute, value.replace(old, `p-${name}-${place}-`));
        }
      }
      for (const each of chosen) each.checked = true;
    });
  }

  function takeAway(row) {
    const rows = row.parentElement, name = rows.dataset.rows;
    row.remove();
    number(name);
    panel().querySelector(`[data-add=${name}]`).focus();
    changed();
  }

  // --- votes ---

  function tidy() {
    for (const vote of rowsOf("votes").children) {
      const method = vote.querySelector("[data-p=method]").value;
      for (const part of vote.querySelectorAll("[data-methods]")) {
        part.hidden = !part.dataset.methods.split(" ").includes(method);
      }
      sum(vote);
    }
  }

  function sum(vote) {
    const place = vote.querySelector("[data-sum]");
    const count = (word) => vote.querySelectorAll(`[data-voter] input[value=${word}]:checked`).length;
    const told = { yes: count("yes"), no: count("no"), abstain: count("abstain") };
    told.all = told.yes + told.no + told.abstain;
    told.there = vote.querySelectorAll("[data-voter]").length;
    const text = place.dataset.says.replace(/\{(\w+)\}/g, (_all, name) => told[name]);
    if (place.textContent !== text) place.textContent = text;
  }

  function cast(event) {
    const voter = event.target.closest && event.target.closest("[data-voter]");
    const word = { j: "yes", n: "no", a: "abstain" }[event.key.toLowerCase()];
    if (!voter || !word || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    voter.querySelector(`input[value=${word}]`).checked = true;
    const next = voter.nextElementSibling;
    if (next) (next.querySelector("input:checked") || next.querySelector("input")).focus();
    changed();
  }

  // --- the panel ---

  function listen() {
    const box = panel();
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button[type=button]");
      if (!button) return;
      if (button.dataset.add) {
        const row = add(button.dataset.add);
        tidy();
        row.querySelector("input, select, textarea").focus();
        changed();
      } else if ("takeAway" in button.dataset) takeAway(button.closest("[data-row]"));
      else if ("now" in button.dataset) {
        const at = new Date(), two = (part) => String(part).padStart(2, "0");
        button.closest("[data-row]").querySelector("[data-p=announced]").value = `${two(at.getHours())}.${two(at.getMinutes())}`;
        changed();
      } else if ("clearBallots" in button.dataset) {
        for (const each of button.closest("[data-row]").querySelectorAll("[data-voter] input")) each.checked = false;
        changed();
      }
    });
    box.addEventListener("keydown", cast);
    box.addEventListener("input", tidy);
    box.addEventListener("change", tidy);
    form.addEventListener("input", () => panel() && tidy());
    tidy();
  }

  let loading;
  function load() {
    const folded = form.querySelector("[data-proceedings-from]");
    if (!folded || loading) return loading;
    loading = fetch(folded.dataset.proceedingsFrom, { headers: { Accept: "text/html" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(new Error("refused"))))
      .then((html) => {
        // What the server sends is escaped by its templates; scripts in it would not run.
        const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-proceedings]");
        fresh.open = folded.open;
        const held = folded.contains(document.activeElement);
        folded.replaceWith(fresh);
        if (held) fresh.querySelector("summary").focus();
        listen();
        if (waiting) put(form, waiting);
      })
      .catch(() => {
        loading = undefined;
        let told = folded.querySelector("[data-failed]");
        if (!told) {
          told = document.createElement("p");
          told.dataset.failed = "";
          told.setAttribute("role", "status");
          folded.append(told);
        }
        told.textContent = folded.dataset.saysFailed;
      });
    return loading;
  }

  window.proceedings = { words, put };
  if (panel()) listen();
  else {
    form.addEventListener("toggle", (event) => event.target.id === "forhandling" && load(), true);
    // Fetched beforehand, so that it is there when the network is not.
    (window.requestIdleCallback || ((later) => setTimeout(later, 1500)))(() => load());
  }
})();
