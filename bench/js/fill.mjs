// Fills FOLDER/template.docx with FOLDER/data.json, as many times as each line on standard input says,
// writes out.docx and answers with the seconds that one fill took. Run with: node fill.mjs MODULES FOLDER
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [modules, folder] = process.argv.slice(2);
const need = createRequire(`${modules}/`);
const Docxtemplater = need("docxtemplater");
const PizZip = need("pizzip");
const template = readFileSync(`${folder}/template.docx`);
const data = JSON.parse(readFileSync(`${folder}/data.json`, "utf8"));

function fill() {
  const paper = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
  paper.render(data);
  return paper.toBuffer({ compression: "DEFLATE" });
}

for await (const line of createInterface({ input: process.stdin })) {
  const times = Number(line);
  const began = process.hrtime.bigint();
  let made;
  for (let each = 0; each < times; each += 1) made = fill();
  const seconds = Number(process.hrtime.bigint() - began) / 1e9 / times;
  writeFileSync(`${folder}/out.docx`, made);
  console.log(seconds);
}
