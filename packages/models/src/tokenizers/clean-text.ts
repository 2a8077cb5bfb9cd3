import { decodeHTML } from "entities";

/**
 * How a text is cleaned before it is cut into words.
 *
 * - "hugging-face": as CLIP's fast tokenizer in transformers: NFC, white space to single spaces, lower case. HTML entities stay.
 * - "open_clip": as OpenAI's and open_clip's Python code, which undoes HTML entities and typographic characters (its ftfy step).
 */
export type TextCleaning = "hugging-face" | "open_clip";

/** Cleans a text. */
export function cleanText(text: string, cleaning: TextCleaning): string {
  return cleaning === "open_clip" ? openClipClean(text) : huggingFaceClean(text);
}

function huggingFaceClean(text: string): string {
  const squeezed = squeeze(text.normalize("NFC"));
  // Character by character, as the reference does: a sigma at the end of a word is a sigma like any other.
  return Array.from(squeezed, (character) => character.toLowerCase()).join("");
}

/**
 * open_clip's `_clean_lower` (src/open_clip/tokenizer.py): ftfy.fix_text, HTML entities undone twice, white space squeezed, lower
 * case. Of ftfy, everything but its repair of text that was decoded with the wrong code page.
 */
function openClipClean(text: string): string {
  const fixed = fixCharacters(text.includes("<") ? text : decodeHTML(text));
  return squeeze(decodeHTML(decodeHTML(fixed))).toLowerCase();
}

/** White space as Unicode has it; JavaScript's `\\s` holds the byte order mark too. */
function squeeze(text: string): string {
  return text.replace(/\p{White_Space}+/gu, " ").replace(/^ | $/gu, "");
}

const ligatures: Readonly<Record<string, string>> = {
  Ĳ: "IJ",
  ĳ: "ij",
  ŉ: "ʼn",
  Ǆ: "DŽ",
  ǅ: "Dž",
  ǆ: "dž",
  Ǉ: "LJ",
  ǈ: "Lj",
  ǉ: "lj",
  Ǌ: "NJ",
  ǋ: "Nj",
  ǌ: "nj",
  Ǳ: "DZ",
  ǲ: "Dz",
  ǳ: "dz",
  ﬀ: "ff",
  ﬁ: "fi",
  ﬂ: "fl",
  ﬃ: "ffi",
  ﬄ: "ffl",
  ﬅ: "ſt",
  ﬆ: "st",
};

/** The characters of windows-1252 from 0x80 on, five of them undefined there; decoders differ by Node's version. */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const c1Controls = /[\u0080-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence of a terminal
const terminalEscapes = /\u001b\[[\d;]*[a-zA-Z]/g;
const otherControls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f\u206a-\u206f\ufeff\ufff9-\ufffc]/g;

/** ftfy's repairs of single characters, in its order. */
function fixCharacters(text: string): string {
  return text
    .replace(c1Controls, (control) => windows1252[control.charCodeAt(0) - 0x80]!)
    .replace(/[Ĳĳŉ\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06]/gu, (ligature) => ligatures[ligature]!)
    .replace(/[\u3000\uff01-\uffee]/gu, (wide) => wide.normalize("NFKC"))
    .replace(/[\u02bc\u2018-\u201b]/gu, "'")
    .replace(/[\u201c-\u201f]/gu, '"')
    .replace(/\r\n|[\r\u2028\u2029\u0085]/gu, "\n")
    .replace(terminalEscapes, "")
    .replace(otherControls, "")
    .normalize("NFC");
}
