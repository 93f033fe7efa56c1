// What is typed, in the browser's own store until the server has it. Each tab keeps its own words, so that two tabs with
// the same § do not write over each other; a tab that is gone leaves its words to the next one that opens.
const PREFIX = "paragraf-";

export async function openBuffer(name) {
  const tab = await ownTab();
  const key = `${name}~${tab}`;

  function keep(url, words) {
    try {
      localStorage.setItem(key, JSON.stringify({ url, words }));
      return true;
    } catch {
      // The store is full or shut off: the server still gets every save, and the page says when it does not.
      return false;
    }
  }

  // The words of this § that wait: this tab's own, or those that a tab left that is gone.
  async function waiting() {
    return kept(key) || (await left()).filter(({ from }) => from.startsWith(`${name}~`) || from === name)[0] || null;
  }

  // Everything that tabs which are gone have left, of any §.
  async function left() {
    const living = await livingTabs();
    return names()
      .filter((each) => each !== key && !living.has(each.split("~")[1]))
      .map((each) => kept(each))
      .filter(Boolean);
  }

  return { keep, waiting, left, kept: () => kept(key), forget: (from = key) => forget(from) };
}

function kept(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name));
    return found && found.words ? { ...found, from: name } : null;
  } catch {
    return null;
  }
}

function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    /* Nothing was kept there either. */
  }
}

function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

// --- which tab ---

// A tab's name outlives a reload. A copied tab has the same name: then the lock is taken, and it gets one of its own.
async function ownTab() {
  let id = remembered() || newId();
  if (!(await hold(id))) {
    id = newId();
    await hold(id);
  }
  try {
    sessionStorage.setItem("paragraf-tab", id);
  } catch {
    /* Then a reload finds the words as those of a tab that is gone. */
  }
  return id;
}

function remembered() {
  try {
    return sessionStorage.getItem("paragraf-tab");
  } catch {
    return null;
  }
}

const newId = () => [...crypto.getRandomValues(new Uint32Array(2))].map((each) => each.toString(36)).join("");
const lockOf = (id) => `${PREFIX}tab-${id}`;

// Browsers have locks only over https and on the machine itself; without them every other tab counts as gone, and the
// worst that happens is that its words are saved twice.
function hold(id) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((done) => {
    navigator.locks
      .request(lockOf(id), { ifAvailable: true }, (lock) => {
        done(Boolean(lock));
        return lock ? new Promise(() => {}) : undefined;
      })
      .catch(() => done(true));
  });
}

async function livingTabs() {
  if (!navigator.locks) return new Set();
  const { held } = await navigator.locks.query();
  return new Set(held.filter(({ name }) => name.startsWith(lockOf(""))).map(({ name }) => name.slice(lockOf("").length)));
}
