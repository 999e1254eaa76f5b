import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { mixWord } from "../draws.js";
import { decodeBase64Url, encodeBase64Url } from "./base64url.js";
import { type ReadScenario, readScenario, type ScenarioContext, scenarioProblem } from "./read-scenario.js";
import { type Scenario, scenarioText } from "./scenario.js";

/** Bytes to bytes: deflate-raw or its inverse. Node and the browser each bring their own. */
export type ByteTransform = (bytes: Uint8Array) => Promise<Uint8Array>;

/** The newest way of writing links that this program reads. */
const linkVersion = 1;

/** A check on 8 hexadecimal digits: FNV-1a over the bytes of the canonical text, spread by the draws' mixer. */
function checkOf(bytes: Uint8Array): string {
  let h = 0x811c9dc5;
  for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193);
  return mixWord(h >>> 0)
    .toString(16)
    .padStart(8, "0");
}

/**
 * A scenario as the part of an address after the #: `1.<deflated canonical JSON, base64url>.<check>`. No server is needed to read it, and a
 * link that was cut off anywhere is known by its missing or other check.
 */
export async function scenarioLink(scenario: Scenario, deflate: ByteTransform): Promise<string> {
  const bytes = new TextEncoder().encode(scenarioText(scenario));
  return `${linkVersion}.${encodeBase64Url(await deflate(bytes))}.${checkOf(bytes)}`;
}

/**
 * The scenario of a link, or of an address that ends in one after its #.
 * @returns a refusal that says what is wrong with the link or the scenario, and what to do
 */
export async function readScenarioLink(
  text: string,
  inflate: ByteTransform,
  context: ScenarioContext,
): Promise<Result<ReadScenario, readonly Problem[]>> {
  const opened = await openLink(text.trim(), inflate);
  return opened.ok ? readScenario(opened.value, context) : opened;
}

async function openLink(text: string, inflate: ByteTransform): Promise<Result<unknown, readonly Problem[]>> {
  const refuse = (code: Parameters<typeof scenarioProblem>[0], message: string) =>
    err([scenarioProblem(code, "link", message)]);
  const fragment = text.slice(text.indexOf("#") + 1);
  const [version, payload, check, ...more] = fragment.split(".");
  if (!/^\d{1,4}$/.test(version ?? "")) return refuse("scenario-link-unreadable", "it doesn't begin with a version");
  if (Number(version) > linkVersion)
    return refuse(
      "scenario-newer",
      `the link is written in version ${version}, and this program reads up to ${linkVersion}`,
    );
  if (Number(version) < 1 || more.length > 0)
    return refuse("scenario-link-unreadable", "it is not written as a link of the simulator is");
  if (payload === undefined || check === undefined || !/^[0-9a-f]{8}$/.test(check))
    return refuse("scenario-link-truncated", "its end is missing");
  const packed = decodeBase64Url(payload);
  if (!packed) return refuse("scenario-link-unreadable", "it holds a character that no link holds");
  let bytes: Uint8Array;
  try {
    bytes = await inflate(packed);
  } catch {
    return refuse("scenario-link-truncated", "what it holds can't be unpacked");
  }
  if (checkOf(bytes) !== check) return refuse("scenario-link-truncated", "its check doesn't fit what it holds");
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return refuse("scenario-link-unreadable", "what it holds is no JSON");
  }
}
