// Text pasted from Word or a page: its bold, italics, lists and links become light markup, everything else plain text.
// It is read in a document of its own in which nothing runs.
const LEFT_OUT = "script, style, head, meta, link, title, xml, template, noscript";
const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TR", "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE", "TABLE", "UL", "OL"]);

export function pasted(area) {
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData && event.clipboardData.getData("text/html");
    const text = html ? markup(html) : "";
    if (!text) return;
    event.preventDefault();
    // By the browser's own typing, so that Ctrl+Z takes it back and the saving hears it.
    if (document.execCommand("insertText", false, text)) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export function markup(html) {
  const body = new DOMParser().parseFromString(quiet(html), "text/html").body;
  for (const each of body.querySelectorAll(LEFT_OUT)) each.remove();
  const blocks = [];
  collect(body, { bold: false, italic: false, href: "" }, blocks, null);
  return written(blocks.filter((block) => block.runs.some((run) => run.text.trim())));
}

// Styles and handlers would be stopped by our content security policy, with a line in the console for each.
function quiet(html) {
  const within = (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-on=");
  return html.replace(/<(style|script)\b[^]*?<\/\1\s*>/gi, "").replace(/<[a-z][^>]*>/gi, within);
}

// --- reading ---

function collect(node, look, blocks, item) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) say(blocks, item, look, child.data);
    else if (child.nodeType === Node.ELEMENT_NODE) element(child, look, blocks, item);
  }
}

function element(node, look, blocks, item) {
  if (node.tagName === "BR") return say(blocks, item, look, "\u2028");
  const style = (node.dataset.style || "").toLowerCase();
  // Word writes the sign of a list item as text, marked as such.
  if (/mso-list:\s*ignore/.test(style)) return;
  const own = lookOf(node, style, look);
  if (!BLOCKS.has(node.tagName)) {
    collect(node, own, blocks, item);
    if (node.tagName === "TD" || node.tagName === "TH") say(blocks, item, own, " ");
    return;
  }
  const begun = itemOf(node, style) || item;
  blocks.push({ item: begun, runs: [] });
  collect(node, own, blocks, begun);
  blocks.push({ item, runs: [] });
}

function lookOf(node, style, look) {
  const weight = /font-weight:\s*(bold|[6-9]00)/.test(style) || (!/font-weight:\s*(normal|[1-5]00)/.test(style) && /^(B|STRONG|H[1-6])$/.test(node.tagName));
  const slant = /font-style:\s*italic/.test(style) || (!/font-style:\s*normal/.test(style) && /^(I|EM)$/.test(node.tagName));
  const href = node.tagName === "A" ? node.getAttribute("href") || "" : "";
  return {
    bold: look.bold || weight,
    italic: look.italic || slant,
    href: /^(https?:|mailto:)[^\s()]+$/.test(href) ? href : look.href,
  };
}

function itemOf(node, style) {
  const word = /mso-list:\s*l\d+\s+level(\d)/.exec(style);
  if (word) {
    const sign = [...node.querySelectorAll("span")].find((each) => /mso-list:\s*ignore/i.test(each.dataset.style || ""));
    const number = sign && /^\s*(\d{1,4})[.)]/.exec(sign.textContent);
    return { level: Number(word[1]) - 1, number: number ? Number(number[1]) : 0, key: node };
  }
  if (node.tagName !== "LI") return null;
  const list = node.parentElement;
  let level = -1;
  for (let each = list; each; each = each.parentElement) if (/^(UL|OL)$/.test(each.tagName)) level++;
  const place = list ? [...list.children].filter((each) => each.tagName === "LI").indexOf(node) : 0;
  const first = Number((list && list.getAttribute("start")) || 1);
  return { level: Math.max(level, 0), number: list && list.tagName === "OL" ? first + place : 0, key: node };
}

function say(blocks, item, look, text) {
  if (!blocks.length) blocks.push({ item, runs: [] });
  const runs = blocks[blocks.length - 1].runs, last = runs[runs.length - 1];
  const words = text.replace(/[ \t\r\n\u00a0]+/g, " ");
  const isSame = last && last.bold === look.bold && last.italic === look.italic && last.href === look.href;
  if (isSame) last.text += words;
  else runs.push({ ...look, text: words });
}

// --- writing ---

function written(blocks) {
  let text = "", before = null;
  for (const block of blocks) {
    const goesOn = before && before.item && block.item;
    // A paragraph within an item is a line of it.
    const isSame = goesOn && before.item.key === block.item.key;
    if (before) text += goesOn ? "\n" : "\n\n";
    text += (block.item ? sign(block.item, isSame) : "") + line(block.runs, block.item);
    before = block;
  }
  return text;
}

function sign(item, isSame) {
  const indent = "  ".repeat(item.level);
  if (isSame) return `${indent}  `;
  return indent + (item.number ? `${item.number}. ` : "- ");
}

function line(runs, item) {
  const text = runs.map(run).join("").replace(/ {2,}/g, " ").trim();
  const lines = text.split(/ *\u2028 */).filter(Boolean);
  return lines.join(item ? `\n${"  ".repeat(item.level + 1)}` : "\n");
}

function run({ text, bold, italic, href }) {
  const [, lead, words, tail] = /^([ \u2028]*)([^]*?)([ \u2028]*)$/.exec(text);
  if (!words) return text;
  const marks = (bold ? "**" : "") + (italic ? "*" : "");
  const told = words.replace(/\*/g, "\\*").split("\u2028").map((each) => (each.trim() ? marks + each.trim() + marks : "")).join("\u2028");
  return lead + (href ? `[${told.replace(/[[\]]/g, "")}](${href})` : told) + tail;
}
