/**
 * Windows, dialogs, forms, menus, printing: nobody sits before the simulator. Their commands are not modelled; each does nothing, gives a neutral result
 * (nothing is chosen, a dialog is cancelled) and tells it once in the trace, dialogs with a text each time. A launch configuration can put
 * something else in their place.
 */
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { CatalogueParameter, Command } from '#syntaxes/catalogue/types.js';
import type { Argument, Library } from '../machine/types.js';
import { defaultValue } from '../values/convert.js';
import { valueText } from '../values/format.js';
import type { TypeName, Value } from '../values/value.js';
import { raise } from './errors.js';
import { type Call, Theme } from './theme.js';

/** 4D's themes whose commands need somebody at a screen or a printer (facts: theme of each command). */
const themesAtAScreen = new Set([
  'Data Entry',
  'Drag and Drop',
  'Entry Control',
  'Form Events',
  'Forms',
  'Graphs',
  'Hierarchical Lists',
  'List Box',
  'Menus',
  'Messages',
  'Objects (Forms)',
  'Pasteboard',
  'Printing',
  'Process (User Interface)',
  'Quick Report',
  'Spell Checker',
  'User Interface',
  'Web Area',
  'Windows',
]);

/** Commands of other themes that open a dialog or something else on a screen. */
const others = new Set([
  'Select document',
  'Select folder',
  'SHOW ON DISK',
  'OPEN URL',
  'Select RGB color',
  'OPEN COLOR PICKER',
  'OPEN FONT PICKER',
  'FONT LIST',
  'FONT STYLE LIST',
  'Screen width',
  'Screen height',
  'SCREEN COORDINATES',
  'SCREEN DEPTH',
  'Menu bar height',
  'Menu bar screen',
  'Count screens',
  'OPEN SETTINGS WINDOW',
  'OPEN SECURITY CENTER',
  'OPEN ADMINISTRATION WINDOW',
  'OPEN RUNTIME EXPLORER',
  'DISPLAY SELECTION',
  'MODIFY SELECTION',
  'DISPLAY RECORD',
  'HIGHLIGHT RECORDS',
  'Self',
  'Current form table',
  'GET HIGHLIGHTED RECORDS',
  'INVOKE ACTION',
  'Action info',
  'LISTBOX SELECT ROW',
  'OBJECT SET COLOR',
  '_O_PAGE SETUP',
  '_O_PAGE BREAK',
  '_O_ENABLE BUTTON',
  '_O_DISABLE BUTTON',
  'TRACE',
  'LIST TO BLOB',
  'BLOB to list',
  'ALERT',
  'LIST TO ARRAY',
  // What acts on the application itself, or waits for events of a user.
  'QUIT 4D',
  'RESTART 4D',
  'ON EVENT CALL',
  'Method called on event',
  'FILTER EVENT',
  'SET ENVIRONMENT VARIABLE',
  'SET UPDATE FOLDER',
  'REJECT NEW REMOTE CONNECTIONS',
  'REGISTER CLIENT',
  'UNREGISTER CLIENT',
  'METHOD OPEN PATH',
]);

/** Their text is what a reader of the trace wants to see, each time. */
const speaking = new Set(['ALERT', 'CONFIRM', 'Request', 'MESSAGE', 'DISPLAY NOTIFICATION']);

/** They wait for somebody. Code of a web request ends there, and On Web Authentication refuses (facts: web-sessions §7, §14). */
const dialogs = new Set(['ALERT', 'CONFIRM', 'Request', 'DIALOG', 'ADD RECORD', 'MODIFY RECORD', 'DISPLAY SELECTION', 'MODIFY SELECTION']);

/** True for a command that a stand-in may take the place of. */
export function isAtAScreen(command: Command): boolean {
  return command.number !== undefined && (themesAtAScreen.has(command.theme ?? '') || others.has(command.name));
}

/** The stand-ins for all commands at a screen that none of the modelled themes has. */
export function windowsBeside(modelled: readonly Pick<Library<never>, 'commands'>[]): Theme {
  const theme = new Theme('Windows, dialogs, forms and printing');
  for (const command of defaultCatalogue().commands) {
    const { number } = command;
    if (number === undefined || !isAtAScreen(command) || command.declares) continue;
    if (modelled.some((library) => library.commands.has(number))) continue;
    theme.command(number, command.name, (call) => standIn(call, command));
  }
  return theme;
}

const noDialog = {
  en: '{0} waits for somebody at a screen: 4D ends the code of a web request there.',
  es: '{0} espera a alguien ante una pantalla: 4D termina ahí el código de una petición web.',
};

function standIn(call: Call, command: Command): Value {
  tell(call, command);
  if (dialogs.has(command.name) && call.host.answering?.(call.process)) raise(-1, noDialog, command.name);
  const signature = command.signatures[0];
  const parameters = signature?.parameters ?? [];
  const left = parameters.findIndex((parameter) => !isLeftOut(parameter, call.args[0]));
  for (const [i, parameter] of parameters.slice(Math.max(0, left)).entries()) {
    const argument = call.args[i];
    const isPlace = typeof argument === 'object' && argument !== null && 'ref' in argument;
    if (parameter.direction !== 'in' && isPlace && !call.arrayOrNone(i)) {
      const neutral = neutralValue(parameter.type);
      if (neutral !== undefined) call.set(i, neutral);
    }
  }
  if (command.sets.some((name) => name.toLowerCase() === 'ok')) call.setSystem('OK', 0);
  return signature?.result === undefined ? undefined : neutralValue(signature.result);
}

/** Whether an optional first parameter, a table or `*`, is not among the arguments. */
function isLeftOut({ optional, type }: CatalogueParameter, first: Argument | undefined): boolean {
  if (!optional || (type !== 'Table' && type !== 'Operator')) return false;
  if (typeof first !== 'object' || first === null) return true;
  if (type === 'Operator') return !('a' in first && first.a === 'operator');
  return !('ref' in first && first.ref === 'table') && !('t' in first && first.t === 'pointer');
}

const KEY = 'windows: told';

function tell(call: Call, command: Command): void {
  const speaks = speaking.has(command.name);
  const known = call.process.extra.get(KEY);
  const told: readonly string[] = Array.isArray(known) ? known : [];
  if (!speaks && told.includes(command.name)) return;
  if (!speaks) call.process.extra.set(KEY, [...told, command.name]);
  const first = speaks && call.has(0) ? `: ${valueText(call.value(0))}` : '';
  call.machine.trace({
    kind: 'output',
    process: call.process.number,
    text: `${command.name}${first} (${call.place.file}:${call.place.line}; not simulated)`,
  });
}

const byTypeName: Readonly<Record<string, TypeName>> = {
  Text: 'text',
  Integer: 'integer',
  Real: 'real',
  Boolean: 'boolean',
  Date: 'date',
  Time: 'time',
  Pointer: 'pointer',
  Picture: 'picture',
  Blob: 'blob',
  Object: 'object',
  Collection: 'collection',
};

/** Nothing, of the first type that a parameter or result is said to have. */
function neutralValue(types: string): Value {
  const type = byTypeName[types.split(',')[0].trim()];
  return type === undefined ? undefined : defaultValue(type);
}
