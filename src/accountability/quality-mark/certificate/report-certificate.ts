import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from "pdf-lib";
import { dateInWords } from "../../../kernel/index.js";
import type { Certificate } from "./certificate.js";

const [width, height] = [595.28, 841.89]; // A4, in points
const margin = 64;
const green = rgb(0.04, 0.31, 0.24);
const ink = rgb(0.04, 0.05, 0.05);

/** Letters whose stroke is no accent. */
const strokes = new Map(
  ["łl", "ŁL", "đd", "ĐD", "ħh", "ĦH", "ŧt", "ŦT", "ıi"].map((pair) => [...pair]).map(([from, to]) => [from!, to!]),
);

/** Letters that the standard fonts of PDF have; others lose their accents, or become a question mark. */
export function printable(text: string): string {
  const known = /[\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]/;
  return [...text.normalize("NFC")]
    .map((letter) => {
      if (known.test(letter)) return letter;
      const plain = strokes.get(letter) ?? letter.normalize("NFD").replace(/\p{M}/gu, "");
      return [...plain].every((one) => known.test(one)) && plain !== "" ? plain : "?";
    })
    .join("");
}

/** Lines of a text that fit a width. */
function linesOf(text: string, font: PDFFont, size: number, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && font.widthOfTextAtSize(longer, size) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

/** Writes down a page from the top. */
function writer(page: PDFPage) {
  let y = height - margin;
  return {
    space(points: number) {
      y -= points;
    },
    text(text: string, font: PDFFont, size: number, { colour = ink, indent = 0, mark = "" } = {}) {
      const lines = linesOf(text, font, size, width - 2 * margin - indent);
      lines.forEach((line, i) => {
        y -= size * 1.3;
        if (i === 0 && mark !== "") page.drawText(mark, { x: margin, y, size, font, color: colour });
        page.drawText(line, { x: margin + indent, y, size, font, color: colour });
      });
    },
    rule() {
      y -= 10;
      page.drawLine({ start: { x: margin, y }, end: { x: width - margin, y }, thickness: 2, color: green });
    },
  };
}

/**
 * A certificate as a PDF: the same bytes for the same certificate.
 * @param code as `codeFrom` makes it
 */
export async function certificatePdf(certificate: Certificate, code: string): Promise<Uint8Array> {
  const { name, urn, authority, academicYear, awardedOn, until, reasons, event, synthetic } = certificate;
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const moment = new Date(`${awardedOn}T00:00:00Z`);
  pdf.setTitle(printable(`Quality Mark of ${name}, ${academicYear}`), { showInWindowTitleBar: true });
  pdf.setSubject("Certificate");
  pdf.setLanguage("en-GB");
  pdf.setProducer("Greenpaper");
  pdf.setCreationDate(moment);
  pdf.setModificationDate(moment);
  const page = pdf.addPage([width, height]);
  const plain = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const { space, text, rule } = writer(page);
  if (synthetic) text("Made up: this school does not exist.", bold, 11);
  text("Quality Mark", bold, 34, { colour: green });
  rule();
  space(24);
  text(name, bold, 24);
  text(`${authority} · URN ${urn}`, plain, 13);
  space(20);
  text(`Awarded on ${dateInWords(awardedOn)} in the annual review ${academicYear}.`, plain, 14);
  text(`It holds until ${dateInWords(until)}, and from that day no longer.`, plain, 14);
  space(20);
  text("The reasons", bold, 14);
  for (const reason of reasons) {
    space(4);
    text(reason.text, plain, 12, { indent: 14, mark: "\u2022" });
  }
  space(20);
  text("While it holds, the school answers to no other external accountability.", plain, 12);
  rule();
  space(10);
  text("Whether it still holds", bold, 14);
  text("A mark may be suspended or withdrawn. Check this code on the register's page /verify-certificate.", plain, 12);
  space(8);
  text(code, bold, 15, { colour: green });
  text(`Event ${event} of the register's log.`, plain, 10);
  return pdf.save({ useObjectStreams: false });
}
