// Whoever was called and has the page before them has read the notice: said once, by a POST, as the button says it.
const form = document.querySelector("#kallelse ~ .buttons form");
const said = document.getElementById("har-last");

async function say() {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "fetch" },
    // Also when the reader goes on to another page at once.
    keepalive: true,
  });
  if (!answer.ok) return;
  form.remove();
  said.textContent = said.dataset.said;
}

// Not while the page lies unseen in another window.
if (form && document.visibilityState === "visible") say().catch(() => {});
