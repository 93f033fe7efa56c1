// A file that is too large is told at once and never sent: nobody should wait for half a gigabyte to be refused.
"use strict";

(() => {
  const form = document.querySelector(".section-form[data-upload-bytes]");
  if (!form) return;
  const most = Number(form.dataset.uploadBytes);

  for (const field of form.querySelectorAll("input[type=file]")) {
    const line = document.createElement("p");
    line.className = "error";
    line.id = `${field.id}-for-stor`;
    line.setAttribute("role", "alert");
    field.closest(".upload").before(line);
    field.addEventListener("change", () => {
      const file = field.files[0];
      const large = Boolean(file) && file.size > most;
      line.textContent = large ? form.dataset.textTooLarge.replace("{name}", file.name) : "";
      if (large) {
        field.value = "";
        field.setAttribute("aria-describedby", line.id);
      }
    });
  }
})();
