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

// Arrows go from time to time, so that a whole board is noted without a mouse: time, Enter; arrow down; time, Enter.
const times = [...document.querySelectorAll(".attendance input.clock")];

function go(event, step) {
  const next = times[times.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
}

for (const time of times) {
  time.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") go(event, 1);
    if (event.key === "ArrowUp") go(event, -1);
  });
}

// Afterwards a § alone is what most people know: the time that was suggested is not theirs.
for (const select of document.querySelectorAll(".attend select[name=item_id]")) {
  const time = select.form.querySelector("input[name=clock]");
  if (!time || time.hasAttribute("data-live")) continue;
  const suggested = time.value;
  select.addEventListener("change", () => {
    if (select.value && time.value === suggested) time.value = "";
    if (!select.value && !time.value) time.value = suggested;
  });
}

// Back at the row that was touched, ready for the next one: once the browser has gone there itself and let go of focus.
addEventListener("load", () => {
  const touched = location.hash.startsWith("#person-") && document.getElementById(location.hash.slice(1));
  if (touched) setTimeout(() => touched.querySelector("input.clock")?.focus({ preventScroll: true }), 0);
});
