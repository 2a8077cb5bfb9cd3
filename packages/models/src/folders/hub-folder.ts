import { existsSync } from "node:fs";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../model-error.js";

/** How the hub's files are reached. */
export interface HubOptions {
  /** Branch, tag or commit. Default "main". */
  readonly revision?: string;
  /** Only files that are already in the cache are used. Default: whether HF_HUB_OFFLINE is 1. */
  readonly offline?: boolean;
  /** Default: Hugging Face's own cache (HF_HUB_CACHE, HF_HOME or ~/.cache/huggingface/hub), shared with Python. */
  readonly cacheDir?: string;
  /** For gated and private models. Default HF_TOKEN. */
  readonly accessToken?: string;
  /** Default https://huggingface.co, or HF_ENDPOINT. */
  readonly hubUrl?: string;
}

/**
 * The folder of that path, or the cached one of the hub's model of that name ("owner/name") where there is no such folder.
 *
 * @throws ModelError when the hub cannot be reached or has no such model, or offline, when the cache does not have it.
 */
export async function modelFolder(pathOrHubId: string, options: HubOptions): Promise<string> {
  const isHubId = /^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(pathOrHubId);
  return isHubId && !existsSync(pathOrHubId) ? hubFolder(pathOrHubId, options) : pathOrHubId;
}

/** The folder in the cache with the files of the hub's model; those that are not there yet are downloaded by `@huggingface/hub`. */
async function hubFolder(id: string, options: HubOptions): Promise<string> {
  const { getHFHubCachePath, getRepoFolderName } = await import("@huggingface/hub");
  const { env } = process;
  const { revision = "main", offline = env.HF_HUB_OFFLINE === "1", cacheDir = getHFHubCachePath() } = options;
  const repository = join(cacheDir, getRepoFolderName({ type: "model", name: id }));
  if (offline) return cachedFolder(id, repository, revision);
  try {
    return await download(id, repository, { ...options, revision, cacheDir });
  } catch (error) {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : `${error}`;
    throw new ModelError(
      `cannot get "${id}" (${revision}) from the hub: ${reason}. It is no folder here either; with \`offline\`, a copy in ${cacheDir} is used.`,
    );
  }
}

/** Where Hugging Face's cache keeps a revision: a branch's file in `refs` names the commit. */
async function cachedFolder(id: string, repository: string, revision: string): Promise<string> {
  const commit = await readFile(join(repository, "refs", revision), "utf8").catch(() => revision);
  const folder = join(repository, "snapshots", commit.trim());
  await access(folder).catch(() => {
    throw new ModelError(
      `"${id}" (${revision}) is no folder and not in the cache at ${repository}; without \`offline\` it is downloaded.`,
    );
  });
  return folder;
}

async function download(
  id: string,
  repository: string,
  options: HubOptions & { readonly revision: string; readonly cacheDir: string },
): Promise<string> {
  const { downloadFileToCacheDir, listFiles, modelInfo } = await import("@huggingface/hub");
  const { revision, cacheDir } = options;
  const accessToken = options.accessToken ?? process.env.HF_TOKEN;
  const hubUrl = options.hubUrl ?? process.env.HF_ENDPOINT;
  const credentials = { ...(accessToken ? { accessToken } : {}), ...(hubUrl ? { hubUrl } : {}) };
  // Everything comes from one commit, even when the branch moves meanwhile.
  const { sha } = await modelInfo({ name: id, revision, additionalFields: ["sha"], ...credentials });
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new Error(`it says that its commit is ${JSON.stringify(sha)}`);
  const repo = { type: "model", name: id } as const;
  const names: string[] = [];
  for await (const { type, path } of listFiles({ repo, revision: sha, ...credentials }))
    if (type === "file") names.push(path);
  for (const path of wantedFiles(names)) {
    await downloadFileToCacheDir({ repo, path, revision: sha, cacheDir, ...credentials });
  }
  const ref = join(repository, "refs", revision);
  await mkdir(dirname(ref), { recursive: true });
  await writeFile(ref, sha);
  return join(repository, "snapshots", sha);
}

/** What one layout's files are called, the best first: Hugging Face's, open_clip's, and both as `torch.save` writes them. */
const layouts = [
  /^(config\.json|model(-\d+-of-\d+)?\.safetensors(\.index\.json)?)$/,
  /^open_clip_(config\.json|model\.safetensors)$/,
  /^(config\.json|pytorch_model(-\d+-of-\d+)?\.bin(\.index\.json)?)$/,
  /^open_clip_(config\.json|pytorch_model\.bin)$/,
];

/** Of a repository's files those of one layout. */
function wantedFiles(names: readonly string[]): string[] {
  const model = layouts
    .map((layout) => names.filter((name) => layout.test(name)))
    .find(
      (files) =>
        files.some((name) => name.endsWith("config.json")) && files.some((name) => /\.(safetensors|bin)$/.test(name)),
    );
  if (!model) {
    throw new Error(
      `it has no config.json with model.safetensors or pytorch_model.bin, nor open_clip's files of that kind; its files are ${names.slice(0, 12).join(", ")}`,
    );
  }
  const tokenizer = /^(tokenizer(_config)?\.json|phrase_tokenizer\.json|vocab\.(json|txt)|merges\.txt)$/;
  return [...model, ...names.filter((name) => tokenizer.test(name))];
}
