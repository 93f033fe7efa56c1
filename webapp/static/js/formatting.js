// The tools over a text with light markup: they type the marks at the selection, as the writer could. All typing goes
// through the browser's own editing, so that Ctrl+Z takes it back and whatever listens for input (autosave) hears it.
for (const tools of document.querySelectorAll("[data-formats]")) formatting(tools, document.getElementById(tools.dataset.formats));

function formatting(tools, area) {
  const SIGN = /^([ \t]*)(?:[-•]|(\d{1,4})\.)[ \t\u00a0]+/;
  const acts = { bold: () => mark(2), italic: () => mark(1), link, bullets: () => list(false), numbers: () => list(true) };
  const keys = { b: "bold", i: "italic", k: "link" };

  // --- typing ---

  // Puts text in place of what stands from start to end, then selects from..to (counted in the whole text).
  function type(start, end, text, from, to = from) {
    area.focus();
    area.setSelectionRange(start, end);
    if (start !== end || text) {
      const typed = document.execCommand(text ? "insertText" : "delete", false, text);
      if (!typed) {
        area.setRangeText(text, start, end, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    area.setSelectionRange(from, to);
  }

  const selected = () => [area.selectionStart, area.selectionEnd];
  const lineStart = (place) => area.value.slice(0, place).lastIndexOf("\n") + 1;
  const lineEnd = (place) => (area.value.indexOf("\n", place) + 1 || area.value.length + 1) - 1;

  // --- bold and italic ---

  const starsBefore = (text, place) => /\**$/.exec(text.slice(0, place))[0].length;
  const starsAfter = (text, place) => /^\**/.exec(text.slice(place))[0].length;
  // Three stars are both looks: two of them bold, one italic.
  const tells = (stars, count) => stars === count || stars === 3;

  function mark(count) {
    const text = area.value, stars = "*".repeat(count), cursor = area.selectionStart;
    let [start, end] = selected();
    const isWord = start === end;
    if (isWord && stepsOver(cursor, count)) return;
    if (isWord) [start, end] = wordAt(cursor);
    while (start < end && /\s/.test(text[start])) start++;
    while (end > start && /\s/.test(text[end - 1])) end--;
    if (text.slice(start, end).includes("\n")) return markLines(start, end, count);
    // The sign of a list stays outside.
    const sign = start === lineStart(start) && SIGN.exec(text.slice(start, end));
    if (sign) start += sign[0].length;
    const around = [starsBefore(text, start), starsAfter(text, end)];
    const inside = [starsAfter(text, start), starsBefore(text, end)];
    // A word's cursor stays where it was in the word; a chosen text stays chosen.
    const at = (moved, from, to) => (isWord ? [cursor + moved] : [from, to]);
    if (start < end && around.every((each) => tells(each, count))) {
      type(start - count, end + count, text.slice(start, end), ...at(-count, start - count, end - count));
    } else if (end - start > 2 * count && inside.every((each) => tells(each, count))) {
      type(start, end, text.slice(start + count, end - count), start, end - 2 * count);
    } else type(start, end, stars + text.slice(start, end) + stars, ...at(count, start + count, end + count));
  }

  // With the cursor before the closing mark the same key goes on after it; between empty marks it takes them away.
  function stepsOver(place, count) {
    const text = area.value;
    if (!tells(starsAfter(text, place), count)) return false;
    if (tells(starsBefore(text, place), count)) type(place - count, place + count, "", place - count);
    else if (/\S/.test(text[place - 1] || "")) area.setSelectionRange(place + count, place + count);
    else return false;
    return true;
  }

  function wordAt(place) {
    const before = /[\p{L}\p{N}]*$/u.exec(area.value.slice(0, place))[0].length;
    const after = /^[\p{L}\p{N}]*/u.exec(area.value.slice(place))[0].length;
    return before && after ? [place - before, place + after] : [place, place];
  }

  // Marks do not reach over blank lines and list items, so each line gets its own.
  function markLines(start, end, count) {
    const stars = "*".repeat(count);
    const lines = area.value.slice(start, end).split("\n").map((line) => {
      const sign = (SIGN.exec(line) || /^\s*/.exec(line))[0];
      return [sign, line.slice(sign.length)];
    });
    const isMarked = (words) => tells(starsAfter(words, 0), count) && tells(starsBefore(words, words.length), count);
    const takesAway = lines.every(([, words]) => !words || isMarked(words));
    const text = lines.map(([sign, words]) => {
      if (!words) return sign;
      return sign + (takesAway ? words.slice(count, -count) : stars + words.trimEnd() + stars);
    }).join("\n");
    type(start, end, text, start, start + text.length);
  }

  // --- links ---

  function link() {
    const [start, end] = selected(), chosen = area.value.slice(start, end);
    const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(chosen);
    const words = isAddress || !chosen ? tools.dataset.linkWords : chosen, address = isAddress ? chosen : "https://";
    const wordsAt = start + 1, addressAt = wordsAt + words.length + 2;
    const next = chosen && !isAddress ? [addressAt, addressAt + address.length] : [wordsAt, wordsAt + words.length];
    type(start, end, `[${words}](${address})`, ...next);
  }

  // --- lists ---

  function list(numbered) {
    const [from, to] = selected(), start = lineStart(from);
    // A selection that ends at the beginning of a line does not take that line.
    const end = lineEnd(to > from && area.value[to - 1] === "\n" ? to - 1 : to);
    const lines = area.value.slice(start, end).split("\n");
    const isOne = (line) => !line.trim() || (SIGN.exec(line) && Boolean(SIGN.exec(line)[2]) === numbered);
    const takesAway = lines.some((line) => line.trim()) && lines.every(isOne);
    let number = numberBefore(start);
    const changed = lines.map((line) => {
      if (!line.trim() && lines.length > 1) return line;
      const found = SIGN.exec(line), indent = found ? found[1] : /^[ \t]*/.exec(line)[0];
      const words = line.slice(found ? found[0].length : indent.length);
      return takesAway ? indent + words : `${indent}${numbered ? `${++number}.` : "-"} ${words}`;
    });
    const text = changed.join("\n");
    type(start, end, text, from === to ? start + text.length : start, start + text.length);
  }

  function numberBefore(start) {
    const found = start && SIGN.exec(area.value.slice(lineStart(start - 1), start - 1));
    return found && found[2] ? Number(found[2]) : 0;
  }

  // Enter within an item begins the next one, with Shift a new line of the same; in an empty item it ends the list.
  function enter(event) {
    const [from, to] = selected(), start = lineStart(from), end = lineEnd(from);
    const found = SIGN.exec(area.value.slice(start, end));
    if (!found || from !== to || from < start + found[0].length) return;
    event.preventDefault();
    const [before, indent, number] = found;
    if (!area.value.slice(start + before.length, end).trim()) return type(start, end, "", start);
    const sign = event.shiftKey ? `\n${indent}  ` : `\n${indent}${number ? `${Number(number) + 1}.` : before.trim()} `;
    const rest = area.value.slice(from, end).trimStart();
    const [tail, last] = number && !event.shiftKey ? renumbered(end, indent, Number(number) + 1) : ["", end];
    type(from, last, sign + rest + tail, from + sign.length);
  }

  // The items that follow, each a number higher, as long as they were counted on.
  function renumbered(start, indent, last) {
    let end = start, text = "", number = last;
    while (area.value[end] === "\n") {
      const line = area.value.slice(end + 1, lineEnd(end + 1)), found = SIGN.exec(line);
      if (found && found[1] === indent && Number(found[2]) === number) {
        text += `\n${indent}${++number}.${line.slice(indent.length + found[2].length + 1)}`;
      } else if (line.trim() && /^\s/.test(line) && (!found || found[1].length > indent.length)) text += `\n${line}`;
      else break;
      end += line.length + 1;
    }
    return [text, end];
  }

  // --- keys and buttons ---

  area.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const act = (event.ctrlKey || event.metaKey) && !event.shiftKey && keys[event.key.toLowerCase()];
    if (act) event.preventDefault(), acts[act]();
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) enter(event);
  });

  const buttons = [...tools.querySelectorAll("button")];
  for (const button of buttons) button.title = (button.getAttribute("aria-keyshortcuts") || "").replace("Control", "Ctrl");
  // The text keeps its selection, and a phone its keyboard.
  tools.addEventListener("mousedown", (event) => event.preventDefault());
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) acts[button.dataset.format]();
  });
  // One stop for Tab, arrows between the buttons.
  tools.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -buttons.length, End: buttons.length };
    const place = buttons.indexOf(document.activeElement);
    if (!(event.key in steps) || place < 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(place + steps[event.key], 0), buttons.length - 1);
    buttons.forEach((button, number) => (button.tabIndex = number === next ? 0 : -1));
    buttons[next].focus();
  });

  tools.hidden = false;
  const marks = document.getElementById(`${area.id}-tecken`);
  if (marks) marks.hidden = true;
}
