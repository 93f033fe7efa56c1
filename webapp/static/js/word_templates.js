// The template pages: look again while a preview is made, find a field, copy a tag. All of it works without, by hand.

const PAUSE = 2000;

async function lookAgain(section) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(section.id);
    if (answer.ok && fresh) {
      // With what is ready come also the buttons that lead to it.
      if (!fresh.hasAttribute("data-waits")) return location.reload();
      if (fresh.innerHTML !== section.innerHTML) {
        section.replaceWith(fresh);
        section = fresh;
      }
    }
  } catch {
    // No contact: the next look may have it.
  }
  setTimeout(lookAgain, PAUSE, section);
}

const waiting = document.querySelector("[data-waits]");
if (waiting) setTimeout(lookAgain, PAUSE, waiting);

const search = document.querySelector("[data-search]");
if (search) {
  const box = search.querySelector("input");
  const told = search.querySelector("[data-shown]");
  const groups = [...document.querySelectorAll("details.fields")];
  search.hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const group of groups) {
      let shown = 0;
      for (const entry of group.querySelectorAll("[data-field]")) {
        const text = entry.dataset.field.toLowerCase();
        entry.hidden = !words.every((word) => text.includes(word));
        shown += entry.hidden ? 0 : 1;
      }
      group.hidden = shown === 0;
      group.open = words.length > 0 || group === groups[0];
      count += shown;
    }
    told.textContent = words.length ? `${told.dataset.shown} ${count}` : "";
  });
}

// Browsers give the clipboard to pages over https and on the machine itself only.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const name = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = name), 2500);
    });
  }
}
