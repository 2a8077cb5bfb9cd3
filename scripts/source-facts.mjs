// What check-packages.mjs wants to know about one TypeScript file, read from its syntax tree.
import ts from "typescript";

/**
 * @typedef {{ specifier: string, line: number, typeOnly: boolean, dynamic: boolean }} Import
 * @typedef {{ line: number, text: string }} Place
 *
 * @param {string} path Used for messages only.
 * @param {string} text
 * @returns {{ imports: Import[], strings: Set<string>, mathRandom: number[], nonReExports: Place[], reExports: number, lines: number }}
 *   `strings` are all string literals; `nonReExports` are the top-level statements that are no `export { … } from "…"`.
 */
export function sourceFacts(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports = [];
  const strings = new Set();
  const mathRandom = [];
  const lineOf = (node) => file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const add = (node, literal, typeOnly, dynamic = false) => {
    if (literal && ts.isStringLiteralLike(literal)) {
      imports.push({ specifier: literal.text, line: lineOf(node), typeOnly, dynamic });
    }
  };

  const visit = (node) => {
    if (ts.isStringLiteralLike(node)) strings.add(node.text);
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false, true);
    } else if (ts.isPropertyAccessExpression(node) && node.getText(file) === "Math.random") {
      mathRandom.push(lineOf(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);

  const isReExport = (node) => {
    const named = ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause);
    return named && (node.moduleSpecifier !== undefined || node.exportClause.elements.length === 0);
  };
  return {
    imports,
    strings,
    mathRandom,
    reExports: file.statements.filter((node) => isReExport(node) && node.moduleSpecifier).length,
    nonReExports: file.statements
      .filter((node) => !isReExport(node))
      .map((node) => ({ line: lineOf(node), text: node.getText(file).split("\n")[0] })),
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
  };
}

function isTypeOnlyImport(clause) {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}
