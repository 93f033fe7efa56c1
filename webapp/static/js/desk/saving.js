// Saves the § while it is written: to the browser's store at once, to the server at the first pause, and again until the
// server has it. Tells in words where the text is.
const PAUSE = 700, RETRY = 4000, PATIENCE = 20_000;
// What a browser takes of a message that outlives its page.
const LAST_WORDS = 60_000;

export function saving(form, clauses, buffer) {
  const says = form.dataset;
  const state = document.getElementById("lage");
  const base = form.elements.base_version;
  let timer = 0, sending = null, stale = false, isKept = true, unsaved = false;

  // --- what is said ---

  function say(text, kind, link = null) {
    if (state.dataset.state === kind && state.dataset.told === text) return;
    state.replaceChildren(text, ...(link ? [" ", link] : []));
    state.dataset.state = kind;
    state.dataset.told = text;
  }

  function signInLink() {
    const link = document.createElement("a");
    Object.assign(link, { href: says.signIn, target: "_blank", rel: "noopener", textContent: says.saysSignIn });
    return link;
  }

  // The server has not got the words: where are they?
  const sayNotSaved = (text, kind, link) => (isKept ? say(text, kind, link) : say(says.saysUnkept, "unkept"));

  // --- saving ---

  const keep = () => (isKept = buffer.keep(form.action, clauses.words()));

  function touched() {
    unsaved = true;
    keep();
    if (stale) return;
    say(says.saysSaving, "saving");
    again(PAUSE);
  }

  function again(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function post(url, told, keepalive = false) {
    return fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify(told),
      keepalive,
      signal: keepalive ? undefined : AbortSignal.timeout(PATIENCE),
    });
  }

  // Gives whether the server has all that is typed.
  async function save() {
    clearTimeout(timer);
    if (stale) return false;
    if (sending) {
      await sending;
      return unsaved ? save() : true;
    }
    sending = deliver(clauses.words());
    const done = await sending;
    sending = null;
    // Typed meanwhile: the next save goes over the version that this one made.
    if (done && unsaved) again(PAUSE);
    return done && !unsaved;
  }

  async function deliver(told) {
    let answer, body = {};
    try {
      answer = await post(form.action, told);
      if (answer.status === 403 || answer.status === 400) answer = await signedInAgain(told, answer);
      body = await answer.json().catch(() => ({}));
    } catch {
      sayNotSaved(says.saysOffline, "offline");
      again(RETRY);
      return false;
    }
    if (answer.ok && body.state === "saved") return saved(body, told);
    if (answer.ok && body.state === "stale") return conflict(body);
    if (answer.signedOut) sayNotSaved(says.saysSignedOut, "signed-out", signInLink());
    else sayNotSaved(body.message ? `${says.saysRefused} ${body.message}` : says.saysRefused, "refused");
    if (answer.signedOut || answer.status >= 500 || answer.status === 429) again(RETRY);
    return false;
  }

  // The session was over, or is another one since somebody signed in again in another tab: its token, and once more.
  async function signedInAgain(told, refused) {
    const asked = await fetch(says.tokenFrom, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    const { token, signed_in: signedIn } = await asked.json();
    if (!signedIn) return { ok: false, status: refused.status, signedOut: true, json: async () => ({}) };
    const isNew = token !== form.elements.csrf_token.value;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
    return isNew || refused.status === 403 ? post(form.action, told) : refused;
  }

  function saved(body, told) {
    setBase(body.version);
    unsaved = JSON.stringify({ ...clauses.words(), base_version: told.base_version }) !== JSON.stringify(told);
    if (unsaved) keep();
    else buffer.forget();
    say(body.message, "saved");
    replace("papper", body.paper);
    replace("anmarkningar", body.findings);
    replace("raden", body.line);
    return true;
  }

  // Every button that changes the § names the version that it changes.
  function setBase(version) {
    base.value = version;
    for (const field of document.querySelectorAll(".desk-order input[name=base_version]")) {
      field.value = version;
      field.form.hidden = version < 2;
    }
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

  async function choose(event, panel, version) {
    const choice = event.target.closest("[data-choice]");
    if (!choice) return;
    event.preventDefault();
    if (choice.dataset.choice === "theirs") return takeTheirs(choice.href);
    // Mine, with what was typed since: saved over their version. To merge, their text stays in sight.
    stale = false;
    unsaved = true;
    setBase(version);
    if (choice.dataset.choice === "mine") {
      panel.replaceChildren();
      save();
    } else {
      panel.querySelector(".buttons").remove();
      say("", "merging");
    }
    keep();
    form.elements.background.focus();
  }

  // What was typed since the two texts were shown is set aside too, before the page goes.
  async function takeTheirs(address) {
    try {
      const answer = await post(form.action, clauses.words());
      if (answer.ok) buffer.forget();
      unsaved = !answer.ok;
    } catch {
      return sayNotSaved(says.saysOffline, "offline");
    }
    location.href = address;
  }

  // --- catching up ---

  // On a slow line somebody may have typed before this script came; some browsers also give typed words back on reload.
  function typedAlready() {
    return [...form.querySelectorAll("input, textarea")].some((field) =>
      field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
    );
  }

  async function begin() {
    const waits = says.merging ? null : await buffer.waiting();
    if (typedAlready()) touched();
    else if (waits) {
      clauses.put(waits.words);
      base.value = waits.words.base_version;
      buffer.forget(waits.from);
      touched();
      save();
    }
    catchUp();
  }

  // Words of other §§, and of other tabs, that did not reach the server before their page was left.
  async function catchUp() {
    for (const waits of await buffer.left()) {
      try {
        const answer = await post(waits.url, waits.words);
        // Stale or not, the server has kept the words now.
        if (answer.ok) buffer.forget(waits.from);
      } catch {
        return;
      }
    }
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  window.addEventListener("online", () => {
    if (unsaved) save();
    catchUp();
  });
  // Back from the tab in which somebody signed in.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && unsaved) save();
  });
  window.addEventListener("pagehide", () => {
    const told = clauses.words();
    if (unsaved && !stale && JSON.stringify(told).length < LAST_WORDS) post(form.action, told, true).catch(() => {});
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !isKept) event.preventDefault();
  });

  return { begin, save, isSaved: () => !unsaved };
}
