// Between the form's fields and the words that are sent; clauses are added, moved and removed here.
export function clausesOf(form) {
  const list = document.getElementById("att-satser");
  const blank = document.getElementById("ny-att-sats");
  const boxes = () => [...list.querySelectorAll("[data-clause]")];
  const boxOf = (element) => element && element.closest && element.closest("[data-clause]");

  // --- words ---

  function words() {
    const told = {
      base_version: Number(form.elements.base_version.value),
      label: form.dataset.label,
      heading: form.elements.heading.value,
      background: form.elements.background.value,
      clauses: boxes().map(wordsOf),
    };
    // Motions, votes and reservations have fields and a script of their own. What is not sent is kept as it is.
    if (window.proceedings) told.proceedings = window.proceedings.words(form);
    return told;
  }

  function wordsOf(box) {
    const told = {};
    for (const field of box.querySelectorAll("[data-field]")) {
      const name = field.dataset.field;
      if (name === "years") told.years = [...field.querySelectorAll("[data-year]")].map(yearOf);
      else if ("lines" in field.dataset) told[name] = field.value.split("\n");
      else told[name] = field.type === "checkbox" ? field.checked : field.value;
    }
    return told;
  }

  const yearOf = (row) => ({
    year: row.querySelector("[data-year-of=year]").value,
    amount: row.querySelector("[data-year-of=amount]").value,
  });

  function put(told) {
    form.elements.heading.value = told.heading;
    form.elements.background.value = told.background;
    list.replaceChildren();
    for (const clause of told.clauses) fill(add(), clause);
    if (window.proceedings && told.proceedings) window.proceedings.put(form, told.proceedings);
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

  // --- the boxes ---

  function showFields(box) {
    const verb = box.querySelector("[data-field=verb]").value;
    for (const part of box.querySelectorAll("[data-verbs]")) part.hidden = !part.dataset.verbs.split(" ").includes(verb);
  }

  function number() {
    const all = boxes();
    all.forEach((box, place) => {
      box.id = `att-sats-${place + 1}`;
      for (const told of box.querySelectorAll("[data-number]")) told.textContent = place + 1;
      box.querySelector("[data-act=up]").hidden = place === 0;
      box.querySelector("[data-act=down]").hidden = place === all.length - 1;
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

  function add() {
    list.append(blank.content.cloneNode(true));
    number();
    return list.lastElementChild;
  }

  // --- acts ---

  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  function start() {
    const box = add();
    box.querySelector("[data-field=verb]").focus();
    box.scrollIntoView({ block: "nearest" });
    changed();
  }

  function move(box, step) {
    const other = box && (step < 0 ? box.previousElementSibling : box.nextElementSibling);
    if (!other) return;
    const held = document.activeElement;
    if (step < 0) other.before(box);
    else other.after(box);
    number();
    if (held && box.contains(held)) (held.hidden ? box : held).focus();
    changed();
  }

  function remove(box) {
    const next = box.nextElementSibling || box.previousElementSibling;
    box.remove();
    number();
    (next || form.querySelector("[data-act=add]")).focus();
    changed();
  }

  form.addEventListener("change", (event) => {
    if (event.target.dataset.field === "verb") showFields(boxOf(event.target));
  });
  form.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (!act) return;
    event.preventDefault();
    const box = boxOf(act);
    ({ add: start, up: () => move(box, -1), down: () => move(box, 1), remove: () => remove(box) })[act.dataset.act]?.();
  });

  return { words, put, start, move, boxOf };
}
