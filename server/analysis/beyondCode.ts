import type { Catalogue } from '#syntaxes/catalogue/types.js';
import { compact } from '#syntaxes/text/compact.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { type Named, occurrencesOf } from './facts.js';
import { methodKey } from './keys.js';
import { type Encoding, Lines } from './lines.js';
import { type FileFacts, type ProjectIndex, Use } from './projectIndex.js';
import type { ProjectView } from './projectView.js';
import { Snapshot } from './snapshot.js';
import { formPlace, isChoice, objectPlace } from './textPlaces.js';
import { usesOf } from './uses.js';

/** Whether a file that holds no method may name methods and variables: a form, or a page of the web folder. */
export function isBeyondCode(path: string): boolean {
  return /\.(4DForm|s?html?)$/i.test(path);
}

/** A stretch of a text that is a 4D expression, or the bare name of a method. */
interface Stretch {
  readonly start: number;
  readonly text: string;
  readonly method: boolean;
}

/**
 * The methods and variables that a form or a page names, for the index: the method and the data sources of form objects, expressions in 4D tags,
 * methods behind `4DACTION` and `4DSCRIPT`. What only looks like a method's name is none where the project has no such method.
 */
export function beyondCodeFacts(
  path: string,
  text: string,
  catalogue: Catalogue,
  index: ProjectIndex,
  view: ProjectView,
  encoding: Encoding,
): FileFacts {
  const found: Named[] = [];
  for (const { start, text: written, method } of /\.4DForm$/i.test(path) ? inForm(text) : inPage(text)) {
    if (method) {
      if (view.project.methodByName(written))
        found.push({ start, end: start + written.length, id: index.intern(methodKey(written), written), uses: Use.Call | Use.Text });
      continue;
    }
    const expression = new Snapshot({ uri: '', version: 0, text: written, catalogue, view });
    const { tree } = expression;
    for (let node = 0; node < tree.data.nodeCount; node++) {
      if (tree.kind(node) !== N.Name && tree.kind(node) !== N.Interprocess) continue;
      const key = expression.key(node);
      if (!key || !/^[ni]:/.test(key)) continue;
      const range = nameRange(tree, node);
      // alone in its place, a name is read, not called
      const uses = view.project.methodByName(nameText(tree, node)) ? usesOf(tree, node) | Use.Call : usesOf(tree, node) & ~Use.Call;
      found.push({ start: start + range.start, end: start + range.end, id: index.intern(key, nameText(tree, node)), uses });
    }
  }
  const occurrences = occurrencesOf(found, new Lines(text, encoding));
  const texts = /\.4DForm$/i.test(path) ? namesInForm(path, text) : [];
  return { path, source: undefined, occurrences, evidence: [], publishedWeb: false, ...(texts.length > 0 ? { texts } : {}) };
}

/** The form's own name and those of its objects: what commands take as texts. */
function namesInForm(path: string, text: string): string[] {
  const form = /\/([^/]+)\/form\.4DForm$/i.exec(path)?.[1];
  const found = form ? [formPlace, compact(form)] : [];
  // an object's name is the key before the braces that hold its type first
  for (const [, name] of text.matchAll(/"((?:[^"\\\r\n]|\\.)+)"\s*:\s*\{\s*"type"\s*:/g))
    if (isChoice(name)) found.push(objectPlace, compact(name));
  return found;
}

/** `"method":"Handle"`, `"dataSource":"vName"`, `"rowFillSource":"Colour(This)"`; a method of the form's own is named by its path. */
function* inForm(text: string): Iterable<Stretch> {
  for (const match of text.matchAll(/"(method|\w*Source)"\s*:\s*"((?:[^"\\\r\n]|\\.)+)"/g)) {
    const [whole, property, raw] = match;
    const start = match.index + whole.length - 1 - raw.length;
    // an escape gives way to a blank and what it stands for: places stay where they are
    const written = raw.replace(/\\u[0-9a-f]{4}|\\./gi, (one) => one.slice(-1).padStart(one.length));
    if (property === 'method') {
      if (!/[/\\]|\.4dm$/i.test(raw)) yield { start, text: written, method: true };
    } else yield { start, text: written, method: false };
  }
}

const expressions = /<!--#4D(?!SCRIPT\b|INCLUDE\b|BASE\b)[A-Z]+\s+([\s\S]*?)-->/dgi;
const inline = /\$4D(?:TEXT|HTML|EVAL)\(((?:[^()\r\n]|\([^()\r\n]*\))*)\)/dgi;
const methods = /4D(?:ACTION|SCRIPT)\/([\p{L}_][\p{L}\p{N}_]*(?: +[\p{L}\p{N}_]+)*)/dgiu;

/** `<!--#4DTEXT vName-->`, `$4DEVAL(Method(1))`, `<!--#4DSCRIPT/Method/x-->`, `/4DACTION/Method?a=1`. */
function* inPage(text: string): Iterable<Stretch> {
  for (const [pattern, method] of [
    [expressions, false],
    [inline, false],
    [methods, true],
  ] as const)
    for (const match of text.matchAll(pattern)) yield { start: match.indices![1]![0], text: match[1], method };
}
