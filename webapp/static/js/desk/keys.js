// Everything at the desk can be done by keys. One key opens the list of commands, in which one letter chooses: so no key
// is taken from the browser or from a screen reader. The commands are the page's own buttons and links.
export function keys(saver, clauses, picker) {
  const dialog = document.getElementById("kommandon");
  if (!dialog) return;
  const list = document.getElementById("kommandolista");
  const off = document.getElementById("tecken-av");
  let from = null;

  // --- the list ---

  function commands() {
    const box = clauses && clauses.boxOf(from);
    const seen = new Map();
    for (const each of document.querySelectorAll("[data-key]")) {
      if (each.closest("template, dialog, form[hidden]") || each.hidden) continue;
      // Of the buttons that every clause has, those of the clause in which the writer stands.
      if (each.closest("[data-clause]") && each.closest("[data-clause]") !== box) continue;
      if (!seen.has(each.dataset.key)) seen.set(each.dataset.key, each);
    }
    return seen;
  }

  function open() {
    if (document.querySelector("dialog[open]")) return;
    from = document.activeElement;
    list.replaceChildren(...[...commands()].map(([key, target]) => line(key, target)));
    dialog.showModal();
    const first = list.querySelector("button");
    if (first) first.focus();
  }

  function line(key, target) {
    const item = document.createElement("li"), button = document.createElement("button"), sign = document.createElement("kbd");
    sign.textContent = key.toUpperCase();
    button.type = "button";
    button.className = "command";
    const says = document.createElement("span");
    says.textContent = target.dataset.says;
    button.append(sign, " ", says);
    button.addEventListener("click", () => choose(target));
    item.append(button);
    return item;
  }

  function choose(target) {
    dialog.close();
    run(target);
  }

  function run(target) {
    if (target.matches("input")) {
      const folded = target.closest("details");
      if (folded) folded.open = true;
      target.focus();
    } else if (target.matches("summary")) {
      target.parentElement.open = true;
      (target.parentElement.querySelector("select, input:not([type=hidden])") || target).focus();
    } else if (target.id === "visa-fraser") picker.open(from);
    else if (target.matches("a")) go(target);
    else target.click();
  }

  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1 || event.target === off) return;
    const target = commands().get(event.key.toLowerCase());
    if (!target) return;
    event.preventDefault();
    choose(target);
  });
  const opener = document.getElementById("visa-kommandon");
  if (opener) opener.addEventListener("click", open);

  // --- going elsewhere ---

  async function go(link) {
    if (!link) return;
    if (saver && !saver.isSaved()) await saver.save();
    location.href = link.href;
  }

  // A button of another form takes what is typed along: it is saved first, and the button goes on when it is.
  document.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (!saver || saver.isSaved() || event.defaultPrevented || sent.method === "dialog" || sent.closest("#krock")) return;
    event.preventDefault();
    if (await saver.save()) sent.submit();
  });

  // --- keys ---

  const isTyping = (element) => element && (element.isContentEditable || element.matches("input, textarea, select"));
  const byId = (id) => document.getElementById(id);
  const boxHere = () => clauses && clauses.boxOf(document.activeElement);
  const direct = {
    "F2": open,
    "alt+PageDown": () => go(byId("nasta")),
    "alt+PageUp": () => go(byId("foregaende")),
    "alt+shift+PageUp": () => clauses && clauses.move(boxHere(), -1),
    "alt+shift+PageDown": () => clauses && clauses.move(boxHere(), 1),
    "ctrl+Enter": () => clauses && clauses.start(),
    "ctrl+s": () => saver && saver.save(),
  };

  document.addEventListener("keydown", (event) => {
    if (dialog.open || event.isComposing) return;
    if (event.key === "?" && !isTyping(event.target) && !isOff()) return event.preventDefault(), open();
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const held = [event.altKey && "alt", (event.ctrlKey || event.metaKey) && "ctrl", event.shiftKey && "shift"];
    const act = direct[[...held.filter(Boolean), name].join("+")];
    if (!act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });

  // Who talks to the computer, or whose hand trembles, turns the single signs off.
  off.checked = isOff();
  off.addEventListener("change", () => {
    try {
      if (off.checked) localStorage.setItem("utan-tecken", "1");
      else localStorage.removeItem("utan-tecken");
    } catch {
      /* Then it holds for this page only. */
    }
  });
}

export function isOff() {
  try {
    return localStorage.getItem("utan-tecken") === "1";
  } catch {
    return document.getElementById("tecken-av").checked;
  }
}
