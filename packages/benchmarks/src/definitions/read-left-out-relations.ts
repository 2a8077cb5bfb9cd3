import { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { Source } from "../benchmark/source.js";
import { parseJson } from "../formats/parse-json.js";
import { parsePythonTexts } from "../formats/parse-python-texts.js";

/** ARO's notebook, which names the relations that its mean leaves out. */
export const aroNotebook = "notebooks/Replicate ARO! VG-Relation, VG-Attribution.ipynb";

/** The same names as a JSON list of texts. */
const listFile = "symmetric_relations.json";

const origin = "ARO (github.com/mertyg/vision-language-models-are-bows)";
const notebookSchema = z.looseObject({ cells: z.array(z.looseObject({ source: z.array(z.string()) })) });

/**
 * The relations that ARO's published evaluation leaves out of the mean over relations, because they are rare or symmetric. They are read
 * from the user's own copy: the list called `symmetric` in ARO's notebook, or `symmetric_relations.json`.
 *
 * @returns null when neither file is there.
 * @throws BenchmarkError when the file holds no such list.
 */
export async function readLeftOutRelations(source: Source): Promise<readonly string[] | null> {
  const there = [...(await source.files("notebooks")), ...(await source.files(""))];
  if (there.includes(aroNotebook)) {
    const { cells } = parseJson(await source.text(aroNotebook), notebookSchema, aroNotebook, origin);
    const code = cells.map((cell) => cell.source.join("")).join("\n");
    const literal = /^symmetric\s*=\s*(\[[^\]]*\])/m.exec(code)?.[1];
    if (literal !== undefined) return parsePythonTexts(literal, aroNotebook);
    throw new BenchmarkError(`${aroNotebook}: no list "symmetric = […]" in it; expected the notebook of ${origin}`);
  }
  if (!there.includes(listFile)) return null;
  return parseJson(await source.text(listFile), z.array(z.string()), listFile, origin);
}
