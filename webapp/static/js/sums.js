// What the section page adds up while one types, by the rules of the server, whose sums win when it has saved. Loaded before
// js/application.js, which says which form it is.
"use strict";

// --- amounts, by the rules of paragraf/core/money.py ------------------------------------------------------------------

const UNITS = {
  "": 1, "kr": 1, "krona": 1, "kronor": 1, "sek": 1, ":-": 1, ",-": 1,
  "tkr": 1e3, "kkr": 1e3, "tusen kr": 1e3, "tusen kronor": 1e3,
  "mkr": 1e6, "mnkr": 1e6, "milj": 1e6, "miljon": 1e6, "miljoner": 1e6,
  "milj kr": 1e6, "miljon kronor": 1e6, "miljoner kr": 1e6, "miljoner kronor": 1e6,
};
const HALVES = { "½": "5", "¼": "25", "¾": "75" };
const MOST = 1e12;

// Öre; null for an empty field, undefined for what cannot be read.
function readAmount(typed) {
  const plain = typed.replace(/[\u200b-\u200d\u2060\ufeff\u00ad\u200e\u200f]/g, "").replace(/[\u2010-\u2015\u2212]/g, "-")
    .trim().replace(/\s+/g, " ");
  if (!plain) return null;
  const text = plain.replace(/([0-9]*) ?([½¼¾])/g, (_all, whole, half) => `${whole || 0},${HALVES[half]}`);
  const found = /^([0-9]{1,3}(?: [0-9]{3}){1,6}|[0-9]{1,18})(?:([.,])([0-9]{1,9}))?((?:[:,]-)?[^0-9]*)$/.exec(text);
  if (!found) return undefined;
  const [, whole, mark, part = "", tail] = found;
  const unit = UNITS[tail.replace(/\./g, " ").trim().replace(/\s+/g, " ").toLowerCase()];
  if (unit === undefined) return undefined;
  if (part.length === 3 && !(unit === 1e6 && mark === ",")) return undefined;
  // BigInt: 18 digits times a million must not be rounded on the way to being refused.
  const product = BigInt(whole.replace(/ /g, "") + part) * BigInt(unit * 100);
  const scale = 10n ** BigInt(part.length);
  if (product % scale !== 0n || product / scale > BigInt(MOST)) return undefined;
  return Number(product / scale);
}

function printAmount(ore, language) {
  if (ore === null || ore === undefined) return "–";
  const sign = ore < 0 ? "−" : "";
  const kronor = Math.floor(Math.abs(ore) / 100);
  const rest = Math.abs(ore) % 100;
  const group = (mark) => String(kronor).replace(/\B(?=(\d{3})+$)/g, mark);
  const cents = (mark) => (rest ? mark + String(rest).padStart(2, "0") : "");
  return language.startsWith("en") ? `${sign}SEK\u00a0${group(",")}${cents(".")}` : `${sign}${group("\u00a0")}${cents(",")}\u00a0kr`;
}

// --- numbers and percentages, by the rules of paragraf/questions/numbers.py and core/money.py -----------------------------

const SCALE = 10000n;
const plainText = (typed) => typed.replace(/[\u200b-\u200d\u2060\ufeff\u00ad\u200e\u200f]/g, "")
  .replace(/[\u2010-\u2015\u2212]/g, "-").trim().replace(/\s+/g, " ")
  .replace(/([0-9]*) ?([½¼¾])/g, (_all, whole, half) => `${whole || 0},${HALVES[half]}`);

// Ten-thousandths as a BigInt; null for an empty field, undefined for what cannot be read.
function readNumber(typed) {
  const text = plainText(typed);
  if (!text) return null;
  const found = /^(- ?|)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?$/.exec(text);
  if (!found) return undefined;
  const [, sign, whole, mark, part = ""] = found;
  const decimals = part.replace(/0+$/, ""), digits = whole.replace(/ /g, "").replace(/^0+/, "");
  if ((mark === "." && part.length === 3) || decimals.length > 4 || digits.length > 12) return undefined;
  const scaled = BigInt(digits || 0) * SCALE + BigInt(decimals.padEnd(4, "0"));
  return sign ? -scaled : scaled;
}

// Hundredths of a per cent as a BigInt.
function readPercent(typed) {
  const text = plainText(typed);
  if (!text) return null;
  if (/^[½¼¾]$/.test(typed.trim())) return { "½": 5000n, "¼": 2500n, "¾": 7500n }[typed.trim()];
  const found = /^(- ?|)([0-9]{1,3}(?: [0-9]{3})*|[0-9]{1,18})(?:[.,]([0-9]{1,2})0*)? ?(%|procent)?$/.exec(text);
  if (!found) return undefined;
  const [, sign, whole, part = "", unit] = found;
  const points = BigInt(whole.replace(/ /g, "")) * 100n + BigInt(part.padEnd(2, "0") || 0);
  if (!unit && points > 0n && points <= 100n) return undefined;
  return sign ? -points : points;
}

function readMoney(typed) {
  const ore = readAmount(typed);
  return typeof ore === "number" ? BigInt(ore) : ore;
}

function printScaled(value, decimals, language) {
  const english = language.startsWith("en"), sign = value < 0n ? "−" : "", size = value < 0n ? -value : value;
  const scale = 10n ** BigInt(decimals), part = String(size % scale).padStart(decimals, "0").replace(/0+$/, "");
  const whole = String(size / scale).replace(/\B(?=(\d{3})+$)/g, english ? "," : "\u00a0");
  return sign + whole + (part ? (english ? "." : ",") + part : "");
}

const SORTS = {
  money: [readMoney, (sum, language) => printAmount(Number(sum), language)],
  number: [readNumber, (sum, language) => printScaled(sum, 4, language)],
  percent: [readPercent, (sum, language) => printScaled(sum, 2, language).replace(/[\u00a0,](?=\d{3})/g, "")
    + (language.startsWith("en") ? "%" : "\u00a0%")],
};

// --- budgets ------------------------------------------------------------------------------------------------------------

const SORT_OF_ROW = { cost: "cost", income: "income", own_financing: "financing", other_financing: "financing" };

function startAdding(table) {
  table.addEventListener("input", () => add(table));
  add(table);
}

function add(table) {
  if ("computed" in table.dataset) return;
  const years = [...new Set([...table.querySelectorAll("input[data-year]")].map((cell) => cell.dataset.year))];
  const sums = { cost: newSum(years), income: newSum(years), financing: newSum(years) }, groups = {};
  let incomplete = false;
  for (const row of table.querySelectorAll("tr[data-kind]")) {
    const sort = SORT_OF_ROW[row.dataset.kind];
    if (!sort) continue;
    const into = [sums[sort]];
    if (row.dataset.group) into.push(groups[row.dataset.group] ??= newSum(years));
    const cells = [...row.querySelectorAll("input[data-year]")];
    const begun = cells.some((cell) => cell.value.trim());
    let total = null;
    for (const cell of cells) {
      const ore = readAmount(cell.value);
      if (ore === null || ore === undefined) incomplete = incomplete || begun;
      else {
        total = (total ?? 0) + ore;
        for (const sum of into) {
          sum[cell.dataset.year] = (sum[cell.dataset.year] ?? 0) + ore;
          sum.total = (sum.total ?? 0) + ore;
        }
      }
    }
    put(row, "total", total);
  }
  for (const column of [...years, "total"]) {
    const less = (sum, taken) => (sum === null ? null : sum - (taken ?? 0));
    const net = less(sums.cost[column], sums.income[column]);
    const shown = {
      cost_total: sums.cost[column], income_total: sums.income[column], financing_total: sums.financing[column],
      net, applied: less(net, sums.financing[column]),
    };
    for (const row of table.querySelectorAll("tr.sum")) {
      put(row, column, row.dataset.kind === "group_sum" ? groups[row.dataset.group]?.[column] : shown[row.dataset.kind]);
    }
  }
  tellIncomplete(table.dataset.budget, incomplete);
}

function tellIncomplete(id, incomplete) {
  const note = form.querySelector(`[data-incomplete="${id}"]`);
  if (note) note.hidden = !incomplete;
}

function newSum(years) {
  return Object.fromEntries([...years, "total"].map((column) => [column, null]));
}

function put(row, column, ore) {
  const cell = row.querySelector(`[data-sum="${column}"]`);
  if (cell) cell.textContent = printAmount(ore, form.dataset.language);
}

// The server's sums win over ours.
function showSums(budgets) {
  for (const [id, sums] of Object.entries(budgets)) {
    const table = form.querySelector(`table[data-budget="${id}"]`);
    if (!table) continue;
    for (const [rowId, row] of Object.entries(sums.rows)) {
      const line = table.querySelector(`tr[data-row="${rowId}"]`);
      if (!line) continue;
      putRow(line, row);
    }
    for (const [id, row] of Object.entries(sums.groups)) putRow(table.querySelector(`tr.group-sum[data-row="${id}"]`), row);
    for (const [id, row] of Object.entries(sums.sources)) putRow(table.querySelector(`tr[data-source="${id}"]`), row);
  }
}

function putRow(line, row) {
  if (!line) return;
  put(line, "total", row.total);
  for (const [year, ore] of Object.entries(row.by_year)) put(line, year, ore);
}

// --- tables -------------------------------------------------------------------------------------------------------------

const rowsOf = (table) => [...table.querySelectorAll("tbody tr[data-row]")];

function startTable(table) {
  table.addEventListener("input", () => addTable(table));
  addTable(table);
  const button = form.querySelector(`[data-adds="${table.dataset.table}"]`);
  if (button) button.addEventListener("click", (event) => {
    event.preventDefault();
    addRow(table);
    rowsOf(table).at(-1).querySelector("input, textarea, select").focus();
  });
}

function addTable(table) {
  const columns = {}, language = form.dataset.language;
  let whole = null, incomplete = false, print = null;
  const fixed = !table.classList.contains("grows");
  const anything = [...table.querySelectorAll("input, textarea, select")].some((field) => field.value.trim());
  for (const row of rowsOf(table)) {
    const begun = fixed ? anything : [...row.querySelectorAll("input, textarea, select")].some((field) => field.value.trim());
    let sum = null;
    for (const cell of row.querySelectorAll("[data-sort]")) {
      const [read, printer] = SORTS[cell.dataset.sort], value = read(cell.querySelector("input").value);
      print = printer;
      if (value === undefined || (value === null && begun && "demanded" in cell.dataset)) incomplete = true;
      if (value === null || value === undefined) continue;
      columns[cell.dataset.column] = (columns[cell.dataset.column] ?? 0n) + value;
      sum = (sum ?? 0n) + value;
      whole = (whole ?? 0n) + value;
    }
    tellSum(row.querySelector("[data-sum=row]"), sum, print, language);
  }
  for (const cell of table.querySelectorAll("[data-column-sum]")) {
    const sort = table.querySelector(`[data-column="${cell.dataset.columnSum}"]`).dataset.sort;
    tellSum(cell, columns[cell.dataset.columnSum] ?? null, SORTS[sort][1], language);
  }
  tellSum(table.querySelector("[data-sum=whole]"), whole, print, language);
  tellIncomplete(table.dataset.table, incomplete);
}

function tellSum(cell, sum, print, language) {
  if (cell) cell.textContent = sum === null ? "–" : print(sum, language);
}

// One more row, blank, named by the next place.
function addRow(table) {
  const rows = rowsOf(table), last = rows.at(-1), place = Number(last.dataset.row), next = place + 1;
  const row = last.cloneNode(true), id = table.dataset.table;
  row.dataset.row = next;
  for (const one of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of [...one.attributes]) {
      const text = attribute.value.replaceAll(`${id}.${place}.`, `${id}.${next}.`).replaceAll(`less.${id}.${place}`, `less.${id}.${next}`);
      if (text !== attribute.value) one.setAttribute(attribute.name, text);
    }
    if (one.hasAttribute("aria-label")) one.setAttribute("aria-label", one.getAttribute("aria-label").replace(new RegExp(`${next}$`), next + 1));
    if (one.matches("input")) one.setAttribute("value", ""), one.value = "";
    if (one.matches("textarea, select")) one.value = "";
    if (one.matches(".error")) one.textContent = "", one.hidden = true;
    one.removeAttribute("aria-invalid");
    one.classList.remove("field-wrong");
  }
  last.after(row);
  const button = form.querySelector(`[data-adds="${id}"]`), most = Number(table.dataset.most || 0);
  if (button && most && rows.length + 1 >= most) button.hidden = true;
  return row;
}

// Rows that were added on a page that is gone, so that what stood in them has somewhere to go back to.
function addRowsFor(names) {
  for (const table of form.querySelectorAll("table.grows")) {
    const start = `${table.dataset.table}.`;
    const places = names.filter((name) => name.startsWith(start)).map((name) => Number(name.slice(start.length).split(".")[0]));
    while (Number(rowsOf(table).at(-1).dataset.row) < Math.min(Math.max(...places, 0), 199)) addRow(table);
  }
}

// The server's sums win over ours.
function showTables(tables) {
  for (const [id, sums] of Object.entries(tables)) {
    const table = form.querySelector(`table[data-table="${id}"]`);
    if (!table) continue;
    for (const cell of table.querySelectorAll("[data-column-sum]")) cell.textContent = sums.columns[cell.dataset.columnSum];
    for (const row of rowsOf(table)) {
      const cell = row.querySelector("[data-sum=row]");
      if (cell && row.dataset.row in sums.rows) cell.textContent = sums.rows[row.dataset.row];
    }
    const whole = table.querySelector("[data-sum=whole]");
    if (whole) whole.textContent = sums.whole;
    tellIncomplete(id, sums.incomplete);
  }
}

function addAll() {
  for (const table of form.querySelectorAll("table[data-budget]")) add(table);
  for (const table of form.querySelectorAll("table[data-table]")) addTable(table);
}
