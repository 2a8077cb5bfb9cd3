import type { TarMember } from "../../archives/tar-index.js";

/** The members of one sample: "000012.jpg", "000012.txt" and "000012.json" share the key "000012". */
export interface MemberGroup {
  readonly key: string;
  readonly image?: TarMember;
  readonly text?: TarMember;
  readonly json?: TarMember;
  readonly problems: readonly string[];
}

type Kind = "image" | "text" | "json";
type OpenGroup = { key: string; problems: string[] } & Partial<Record<Kind, TarMember>>;

const kinds: readonly (readonly [Kind, RegExp])[] = [
  ["image", /^(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i],
  ["text", /^(txt|text|caption)$/i],
  ["json", /^json$/i],
];

/**
 * Groups the members of an archive by their key: the name without its extension, folders included, dots within it too
 * ("photo.1.jpg" and "photo.2.jpg" are two samples). A further part of a sample ("000.seg.png", "000.meta.json" beside
 * "000.jpg") is not one of its own. What macOS adds ("._000.jpg", "__MACOSX") and extensions of neither images nor
 * captions are left out.
 */
export function groupMembers(members: readonly TarMember[]): readonly MemberGroup[] {
  const groups = new Map<string, OpenGroup>();
  for (const member of members) {
    const [, key, extension] = /^(.+)\.([^./]+)$/.exec(member.name) ?? [];
    const kind = extension && kinds.find(([, pattern]) => pattern.test(extension))?.[0];
    if (key === undefined || !kind || isMacFile(member.name)) continue;
    const group = groups.get(key) ?? { key, problems: [] };
    groups.set(key, group);
    if (group[kind]) group.problems.push(`${member.name}: a second ${kind} of this sample, left out`);
    else group[kind] = member;
  }
  const hasImages = [...groups.values()].some(({ image }) => image);
  for (const [key, group] of groups) {
    const parent = groups.get(key.replace(/\.[^./]+$/, ""));
    const isWhole = (group.image || !hasImages) && (group.text ?? group.json);
    if (parent === undefined || parent === group || isWhole) continue;
    // A further part: its caption is the sample's where that has none.
    if (group.text) parent.text ??= group.text;
    if (group.json) parent.json ??= group.json;
    if (group.image === undefined || parent.image) groups.delete(key);
  }
  return [...groups.values()];
}

function isMacFile(name: string): boolean {
  return /(^|\/)(\._[^/]*|\.DS_Store)$|(^|\/)(__MACOSX|PaxHeader[^/]*)\//.test(name);
}
