// What share of the commands that real code calls the library executes:
//   npx tsc -b && node runtime/build/coverage.mjs FOLDER… [--list N] [--all]
//
// Counts the occurrences of commands (by number) and of class functions (by name, where the class of the object before the dot is certain)
// in the methods that use a web command, and in all that these reach: methods they call or name in a text, functions of classes they name.
// Stand-ins for dialogs and printing count as executed and are told apart. `--all` counts every method of the projects. What is not executed is listed, most frequent first. Ends with 1 below 98 %.
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../../out/', import.meta.url));
const compiled = (path) => import(new URL(path, `file://${out}`).href);

const args = process.argv.slice(2);
const listAt = args.indexOf('--list');
const limit = listAt >= 0 ? Number(args.splice(listAt, 2)[1]) : 60;
const allAt = args.indexOf('--all');
const everything = allAt >= 0 && args.splice(allAt, 1).length > 0;
if (args.length === 0) {
  console.error('Usage: node runtime/build/coverage.mjs FOLDER… [--list N] [--all]');
  process.exit(2);
}

const { defaultCatalogue } = await compiled('syntaxes/catalogue/catalogue.js');
const { parse } = await compiled('syntaxes/parser/parse.js');
const { namesOf, callsOf } = await compiled('syntaxes/resolution/calls.js');
const { nameText } = await compiled('syntaxes/tree/names.js');
const { N } = await compiled('syntaxes/tree/kinds.js');
const { nodeFileSystem } = await compiled('syntaxes/project/node/fileSystem.js');
const { findProjects, openProject } = await compiled('syntaxes/project/project.js');
const { fold } = await compiled('syntaxes/text/fold.js');
const { executedCommands, executedMembers, standInCommands } = await compiled('runtime/library/coverage.js');

const catalogue = defaultCatalogue();
const commands = executedCommands();
const standIns = standInCommands();
const members = executedMembers();
const isWeb = (command) =>
  /^(Web Server|Web Services \(Server\)|Secured Protocol)$/.test(command.theme ?? '') || command.name === 'Session';

/** Commands, members and reached names of one file. */
function read(tree, context) {
  const found = { commands: [], members: [], constants: [], methods: new Set(), classes: new Set(), web: false };
  for (const { node, resolved } of namesOf(tree, context)) {
    if (resolved.kind === 'command') {
      found.commands.push(resolved.command);
      if (isWeb(resolved.command)) found.web = true;
    } else if (resolved.kind === 'method') found.methods.add(resolved.file);
    else if (resolved.kind === 'constant' && resolved.constant.value === undefined) found.constants.push(resolved.constant.name);
    const parent = tree.parent(node);
    if (fold(nameText(tree, node)) === 'cs' && tree.kind(parent) === N.Member) found.classes.add(nameText(tree, tree.child(parent, 1)));
  }
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.String) continue;
    const file = context.methodByName(tree.text.slice(tree.start(node) + 1, tree.end(node) - 1));
    if (file) found.methods.add(file);
  }
  for (const { callee } of callsOf(tree, context)) {
    if (callee.kind !== 'member') continue;
    const className = classOf(tree, callee.object, context);
    // What the catalogue does not know is a function of the project's own class.
    const known = className && catalogue.classByName(className)?.members.some(({ name }) => fold(name) === fold(callee.name));
    if (known) found.members.push(`${className}.${callee.name}`);
  }
  return found;
}

/** The class that a command just before the dot gives: `Session.x()`, `File(…).getText()`, `4D.File.new()`. */
function classOf(tree, node, context) {
  const call = tree.kind(node) === N.Call ? tree.firstChild(node) : node;
  if (tree.kind(call) === N.Name) {
    const use = namesOf(tree, context).find((u) => u.node === call)?.resolved;
    const result = use?.kind === 'command' ? use.command.signatures[0]?.result : undefined;
    return result && catalogue.classByName(result)?.isClass ? catalogue.classByName(result).name : undefined;
  }
  if (tree.kind(call) === N.Member && nameText(tree, tree.child(call, 0)) === '4D') {
    return catalogue.classByName(`4D.${nameText(tree, tree.child(call, 1))}`)?.name;
  }
  return undefined;
}

const counts = new Map();
const constants = new Map();
let files = 0;
let done = 0;
let total = 0;
let stoodIn = 0;
function count(key, executed, standIn = false) {
  total++;
  if (standIn) stoodIn++;
  if (executed) done++;
  const row = counts.get(key) ?? { times: 0, executed };
  row.times++;
  counts.set(key, row);
}

for (const folder of args) {
  for (const root of await findProjects(nodeFileSystem, folder)) {
    const project = await openProject(nodeFileSystem, root);
    const context = { catalogue, methodByName: (name) => project.methodByName(name) };
    const pages = new Map();
    for (const file of project.files) {
      const text = await nodeFileSystem.readText(`${root}/${file.path}`);
      if (text !== undefined) pages.set(file, read(parse(text), context));
    }
    const chosen = new Set([...pages].filter(([, page]) => everything || page.web).map(([file]) => file));
    for (const file of chosen) {
      const page = pages.get(file);
      for (const method of page.methods) if (pages.has(method)) chosen.add(method);
      for (const name of page.classes) {
        const other = project.classByName(name);
        if (other && pages.has(other)) chosen.add(other);
      }
    }
    const before = [done, total];
    for (const file of chosen) {
      const page = pages.get(file);
      for (const command of page.commands)
        count(`${command.name}:C${command.number}`, commands.has(command.number), standIns.has(command.number));
      for (const name of page.constants) constants.set(name, (constants.get(name) ?? 0) + 1);
      for (const member of page.members) count(member, members.has(fold(member)));
    }
    files += chosen.size;
    const share = total > before[1] ? (100 * (done - before[0])) / (total - before[1]) : 100;
    console.log(`${share.toFixed(2).padStart(7)} %  ${String(total - before[1]).padStart(7)} in ${chosen.size} files  ${root}`);
  }
}
console.log('\nNot executed:');
const missing = [...counts].filter(([, row]) => !row.executed).sort((a, b) => b[1].times - a[1].times);
for (const [key, { times }] of missing.slice(0, limit)) console.log(`${String(times).padStart(7)}  ${key}`);
const valueless = [...constants].sort((a, b) => b[1] - a[1]);
console.log('\nConstants whose value the catalogue does not know:');
for (const [name, times] of valueless.slice(0, limit)) console.log(`${String(times).padStart(7)}  ${name}`);
const share = total ? (100 * done) / total : 100;
console.log(`\n${files} files, ${total} occurrences, ${done} executed: ${share.toFixed(3)} %, of them ${stoodIn} by neutral stand-ins`);
process.exitCode = share >= 98 ? 0 : 1;
