// While a meeting is under way, time fields that nobody has touched follow the clock: the page may stay open for hours.
const fields = [...document.querySelectorAll("input[data-live]")];
const clock = new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" });

function written(separator) {
  const part = Object.fromEntries(clock.formatToParts(new Date()).map(({ type, value }) => [type, value]));
  return part.hour + separator + part.minute;
}

for (const field of fields) {
  field.addEventListener("input", () => field.removeAttribute("data-live"));
}

setInterval(() => {
  for (const field of fields) {
    if (!field.hasAttribute("data-live") || field === document.activeElement) continue;
    field.value = written(field.value.includes(":") ? ":" : ".");
  }
}, 10_000);
