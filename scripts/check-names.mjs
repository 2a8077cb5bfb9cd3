// The apps know contracts, not methods: names of miners, losses, towers, readers' formats, families and benchmarks stand in recipes and
// definitions only, and in the packages that make them. What the names are is read from those packages, so that a new one counts at once.
// `node scripts/check-names.mjs` prints every breach and exits with 1 if there is one; text for people (help, errors, comments) may name them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** Folders whose values have a `name` that the apps may not know. */
const homes = [
  "packages/negatives/src/miners",
  "packages/losses/src/image-text",
  "packages/losses/src/region-text",
  "packages/models/src/towers",
  "packages/data/src/readers/formats",
  "packages/benchmarks/src/families",
  "packages/benchmarks/src/definitions",
  "packages/benchmarks/src/tables",
  "apps/train/src/recipes",
];
/** Recipes and definitions: the places where the apps name what they are made of. */
const allowedPlaces = [/^apps\/train\/src\/recipes\//, /^apps\/(train|bench)\/src\/definitions\//];
/** Words that name something else besides, where they stand alone as a value. */
const otherMeanings = new Set([
  "captions",
  "choice",
  "classification",
  "json",
  "pair",
  "prepared",
  "replace",
  "retrieval",
]);
/** What a file may name all the same, each with the reason. A name that is not listed here is a breach. */
const exceptions = {
  "apps/train/src/prepare/negclip-tsv.ts": {
    names: ["negclip()"],
    why: "writes the one table that NegCLIP's own loader reads",
  },
  "apps/train/src/recipe/common-flags.ts": {
    names: ['"vit"', '"clip"'],
    why: "sizes of the default model, where no tower is named",
  },
  "apps/train/src/objective/contrastive.ts": { names: ["clipLoss()"], why: "the default where a recipe names no loss" },
  "apps/train/src/loop/start-knowledge.ts": {
    names: ['"bert"'],
    why: "the knowledge encoder starts from a BERT's layers",
  },
  "apps/train/src/regions/train-mapping.ts": {
    names: ["villaMappingLoss()"],
    why: "the step is the training with this loss",
  },
  "apps/train/src/regions/retrieval-result.ts": {
    names: ["regionRetrievalFamily()"],
    why: "the step writes a result of this family",
  },
  "apps/train/src/regions/train-on-pairs.ts": {
    names: ["regionContrastiveLoss()"],
    why: "the step is the training with this loss",
  },
  "apps/bench/src/program.ts": { names: ['"demo"'], why: "the report's table where none is named" },
};

/**
 * @param {string} root Repository folder.
 * @returns {{ names: number, files: number, errors: string[] }} One line for each breach.
 */
export function checkNames(root) {
  const names = new Set();
  const factories = new Set();
  for (const home of homes) {
    for (const path of sourcesIn(root, home)) collectNames(parse(root, path), names, factories);
  }
  for (const word of otherMeanings) names.delete(word);
  const errors = [];
  const paths = ["apps/train/src", "apps/bench/src", "apps/shared/src"].flatMap((folder) => sourcesIn(root, folder));
  for (const path of paths) {
    if (allowedPlaces.some((place) => place.test(path))) continue;
    const excepted = exceptions[path]?.names ?? [];
    for (const { line, name } of mentions(parse(root, path), names, factories)) {
      if (excepted.includes(name)) continue;
      errors.push(
        `${path}:${line}: names ${name}; what it is belongs into a recipe, a definition, or the package that makes it`,
      );
    }
  }
  return { names: names.size + factories.size, files: paths.length, errors };
}

/** Source files below a folder, without tests and what only tests use. */
function sourcesIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((path) => `${folder}/${path.split(sep).join("/")}`)
    .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$|\/fixtures\//.test(path))
    .sort();
}

function parse(root, path) {
  return ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
}

/** The names of values (`{ name: "negclip", version: … }`) and the functions that a file exports whose own name it gives to a value. */
function collectNames(file, names, factories) {
  const own = [];
  const visit = (node) => {
    if (ts.isObjectLiteralExpression(node)) {
      const text = (key) => {
        const found = node.properties.find(
          (property) => ts.isPropertyAssignment(property) && property.name.getText() === key,
        );
        return found && ts.isStringLiteralLike(found.initializer) ? found.initializer.text : undefined;
      };
      const isValue = node.properties.some((property) =>
        /^(version|flags|rows|schema)$/.test(property.name?.getText() ?? ""),
      );
      if (text("name") !== undefined && isValue) own.push(text("name"));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const name of own) names.add(name);
  if (own.length === 0) return;
  for (const statement of file.statements) {
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) continue;
    if (ts.isFunctionDeclaration(statement) && statement.name) factories.add(statement.name.text);
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) factories.add(name.getText());
    }
  }
}

/** Literals that are such a name, and imports of such a factory. */
function mentions(file, names, factories) {
  const found = [];
  const add = (node, name) => found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, name });
  const visit = (node) => {
    const isKey = ts.isLiteralTypeNode(node.parent ?? file) && ts.isIndexedAccessTypeNode(node.parent.parent);
    if (ts.isStringLiteralLike(node) && !isKey && names.has(node.text)) add(node, `"${node.text}"`);
    if (ts.isImportSpecifier(node)) {
      const from = node.parent.parent.parent.moduleSpecifier.text;
      const name = (node.propertyName ?? node.name).text;
      if (from.startsWith("@tesserae/") && factories.has(name) && !node.isTypeOnly) add(node, `${name}()`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { names, files, errors } = checkNames(fileURLToPath(new URL("..", import.meta.url)));
  for (const line of errors) console.log(`error    ${line}`);
  console.log(`${files} files of the apps searched for ${names} names: ${errors.length} errors`);
  process.exitCode = errors.length === 0 ? 0 : 1;
}
