// Copies the calendar's link. Without a script the field is there to copy from.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const told = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    source.select();
    // The clipboard is closed to pages that are not served securely; the marked text can be copied by hand.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(source.value);
      told.textContent = told.dataset.copied;
    }
  });
}
