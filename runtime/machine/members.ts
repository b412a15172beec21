/** Members of values: properties and functions of objects, classes, formulas, and of what libraries make. */
import type { ClassMember } from '#syntaxes/catalogue/types.js';
import { display } from '../values/display.js';
import { plainName, qualified } from '../values/owner.js';
import type { ClassValue, FormulaValue, HostValue, ObjectValue, Value } from '../values/value.js';
import { construct, singleton } from './construct.js';
import type { Engine } from './engine.js';
import { enter } from './frames.js';
import { fail } from './messages.js';
import { beginCall, capture, codeOf, deliver, runNative } from './natives.js';
import { receiverText } from './receiver.js';
import type { Argument, Frame, Native, ProcessState } from './types.js';
import { readProperty, writeItem, writeProperty } from './values.js';

function push(process: ProcessState, value: Value): undefined {
  process.stack[process.height++] = value;
}

/** Takes the arguments off the stack. */
function take(process: ProcessState, count: number): Argument[] {
  process.height -= count;
  return process.stack.slice(process.height, process.height + count) as Argument[];
}

function classLabel(value: Value): string {
  if (typeof value === 'object' && value !== null) {
    if (value.t === 'host') return value.className;
    if (value.t === 'object' && value.className) return `cs.${value.className}`;
  }
  return display(value, 1);
}

/** A native of a class or of what it extends, by name or by `*`. */
function nativeOf(engine: Engine, className: string, name: string): { readonly native: Native<unknown>; readonly key: string } | undefined {
  let at: string | undefined = className;
  for (let depth = 0; at !== undefined && depth < 10; depth++) {
    const key = `${at}.${name}`;
    const native = engine.members.get(key);
    if (native) return { native, key };
    const any = engine.members.get(`${at}.${name.endsWith('=') ? '*=' : '*'}`);
    if (any) return { native: any, key: `${at}.*` };
    at = engine.program.catalogue.classByName(at)?.extends;
  }
  return undefined;
}

function runMember(
  engine: Engine,
  process: ProcessState,
  frame: Frame,
  found: { native: Native<unknown>; key: string },
  self: Value,
  name: string,
  args: readonly Argument[],
): undefined {
  if (engine.evaluation?.pure && !engine.pure.has(found.key)) fail('pure', `${classLabel(self)}.${name}`);
  const className =
    typeof self === 'object' && self?.t === 'host'
      ? self.className
      : typeof self === 'object' && self?.t === 'collection'
        ? 'Collection'
        : found.key.slice(0, found.key.lastIndexOf('.'));
  runNative(engine, process, frame, found.native, {
    command: `${className}.${name.replace(/=$/, '')}`,
    member: name.replace(/=$/, ''),
    self,
    args,
  });
}

function projectClass(value: ObjectValue | HostValue): string | undefined {
  return value.t === 'object' ? value.className : value.projectClass;
}

/** Pushes the value of a property, or begins what computes it. */
export function getMember(engine: Engine, process: ProcessState, frame: Frame, object: Value, name: string): undefined {
  if (typeof object !== 'object' || object === null) {
    push(process, readProperty(object, name));
    return;
  }
  switch (object.t) {
    case 'object': {
      const own = object.properties.get(name);
      if (own === undefined && object.className !== undefined && !object.properties.has(name))
        classMember(engine, process, frame, object, object.className, name);
      else push(process, own);
      return;
    }
    case 'host': {
      if (object.projectClass !== undefined && classMember(engine, process, frame, object, object.projectClass, name, false)) return;
      const found = nativeOf(engine, object.className, name);
      if (!found) return noMember(engine, object.className, name);
      if (isFunction(engine, object.className, name))
        push(process, { t: 'formula', code: { kind: 'native', className: ownerOf(found.key), name }, source: name, self: object });
      else runMember(engine, process, frame, found, object, name, []);
      return;
    }
    case 'collection': {
      if (name === 'length') push(process, object.items.length);
      else if (engine.members.has(`Collection.${name}`))
        push(process, { t: 'formula', code: { kind: 'native', className: 'Collection', name }, source: name, self: object });
      else push(process, undefined);
      return;
    }
    case 'formula':
      if (name === 'source') push(process, object.source);
      else push(process, object.properties?.get(name));
      return;
    case 'class':
      classValueMember(engine, process, object, name);
      return;
    default:
      push(process, readProperty(object, name));
  }
}

const ownerOf = (key: string): string => key.slice(0, key.lastIndexOf('.'));

/** A member of a class of 4D's, or of what it extends, as the catalogue has it. */
function known(engine: Engine, className: string, name: string): ClassMember | undefined {
  let at: string | undefined = className;
  for (let depth = 0; at !== undefined && depth < 10; depth++) {
    const found = engine.program.catalogue.classByName(at);
    const member = found?.members.find((each) => each.name === name && !each.placeholder);
    if (member) return member;
    at = found?.extends;
  }
  return undefined;
}

const isFunction = (engine: Engine, className: string, name: string): boolean => known(engine, className, name)?.kind === 'function';

/** A member that nothing here answers: 4D has it and it is not modelled, or 4D has none of that name. */
function noMember(engine: Engine, className: string, name: string): never {
  const none = engine.program.catalogue.classByName(className) !== undefined && !known(engine, className, name);
  return fail(none ? 'noMember' : 'member', name, className);
}

/** A computed property or a function of a class of the project. False, with nothing pushed, when there is none and `always` is off. */
function classMember(
  engine: Engine,
  process: ProcessState,
  frame: Frame,
  object: ObjectValue | HostValue,
  className: string,
  name: string,
  always = true,
): boolean {
  const getter = engine.classes.find(className, 'get', name);
  if (getter) {
    if (engine.evaluation?.pure) fail('pure', `${className}.${name}`);
    if (!byLibrary(engine, process, frame, object, `get ${name}`, [])) enter(engine, process, getter, 0, object);
    return true;
  }
  const code = engine.classes.find(className, 'function', name);
  if (code) push(process, { t: 'formula', code: { kind: 'function', className, name }, source: name, self: object });
  else if (always) push(process, undefined);
  return code !== undefined || always;
}

/** A class of a library may call the functions of computed properties itself: it has a member `get *` or `set *`. */
function byLibrary(
  engine: Engine,
  process: ProcessState,
  frame: Frame,
  object: ObjectValue | HostValue,
  name: string,
  args: readonly Argument[],
): boolean {
  if (object.t !== 'host') return false;
  const key = `${object.className}.${name.slice(0, 3)} *`;
  const native = engine.members.get(key);
  if (native) runMember(engine, process, frame, { native, key }, object, name, args);
  return native !== undefined;
}

/** `cs.Shop`, `4D.File`, `cs.Shop.name`, `cs.Settings.me`. */
function classValueMember(engine: Engine, process: ProcessState, value: ClassValue, name: string): undefined {
  if (value.kind === 'store') {
    if (value.name === '4D') push(process, { t: 'class', name: `4D.${name}`, kind: 'native' });
    else {
      const info = engine.classes.get(value.name + name);
      const component = info ? undefined : engine.program.componentOfNamespace?.(name);
      if (component === undefined) push(process, info && { t: 'class', name: info.name, kind: 'project' });
      else push(process, { t: 'class', name: qualified(component, ''), kind: 'store' });
    }
    return;
  }
  const info = value.kind === 'project' ? engine.classes.get(value.name) : undefined;
  switch (name) {
    case 'name':
      push(process, plainName(value.name).replace(/^4D\./, ''));
      break;
    case 'superclass': {
      const parent = info && engine.classes.parent(info);
      push(
        process,
        parent
          ? { t: 'class', name: parent.name, kind: 'project' }
          : info
            ? { t: 'class', name: `4D.${info.extends ?? 'Object'}`, kind: 'native' }
            : null,
      );
      break;
    }
    case 'isShared':
      push(process, info?.shared ?? false);
      break;
    case 'isSingleton':
      push(process, info !== undefined && info.singleton !== 'none');
      break;
    case 'isSessionSingleton':
      push(process, info?.singleton === 'session');
      break;
    case 'me':
      if (info && info.singleton !== 'none') singleton(engine, process, info, []);
      else push(process, null);
      break;
    case 'new':
      push(process, { t: 'formula', code: { kind: 'native', className: value.name, name: 'new' }, source: 'new', self: value });
      break;
    default:
      push(process, undefined);
  }
}

/** Sets a property, or begins the function that does. Leaves a value on the stack for the POP that follows. */
export function setMember(engine: Engine, process: ProcessState, frame: Frame, object: Value, name: string, value: Value): undefined {
  if (engine.evaluation?.pure) fail('pure', `${name}:=…`);
  if (typeof object === 'object' && object !== null && (object.t === 'object' || object.t === 'host')) {
    const className = projectClass(object);
    if (className !== undefined && !(object.t === 'object' && object.properties.has(name))) {
      const setter = engine.classes.find(className, 'set', name);
      if (setter) {
        if (byLibrary(engine, process, frame, object, `set ${name}`, [value])) return;
        push(process, value);
        enter(engine, process, setter, 1, object);
        return;
      }
      if (engine.classes.find(className, 'get', name)) return fail('readOnly', name, className);
    }
    if (object.t === 'host') {
      const found = nativeOf(engine, object.className, `${name}=`);
      if (!found && !nativeOf(engine, object.className, name)) return noMember(engine, object.className, name);
      if (!found) return fail('readOnly', name, object.className);
      runMember(engine, process, frame, found, object, `${name}=`, [value]);
      return;
    }
  }
  writeProperty(engine, process, object, name, value);
  push(process, undefined);
}

/** `o["name"]`, `c[2]`, an entity selection's `[0]`. */
export function getIndex(engine: Engine, process: ProcessState, frame: Frame, object: Value, index: Value): undefined {
  if (typeof object === 'object' && object !== null) {
    if (object.t === 'collection' && typeof index === 'number') {
      push(process, object.items[Math.trunc(index)]);
      return;
    }
    if (object.t === 'host' && typeof index === 'number') {
      const found = nativeOf(engine, object.className, '[]');
      if (found) return runMember(engine, process, frame, found, object, '[]', [index]);
      return fail('member', '[]', object.className);
    }
  }
  if (typeof index === 'string') getMember(engine, process, frame, object, index);
  else if (object === undefined) push(process, undefined);
  else fail(object === null ? 'nullMember' : 'noObject', display(index, 1), display(object, 1));
}

export function setIndex(engine: Engine, process: ProcessState, frame: Frame, object: Value, index: Value, value: Value): undefined {
  if (engine.evaluation?.pure) fail('pure', '[…]:=…');
  if (typeof index === 'string') return setMember(engine, process, frame, object, index, value);
  if (typeof object === 'object' && object?.t === 'host' && typeof index === 'number') {
    const found = nativeOf(engine, object.className, '[]=');
    if (found) return runMember(engine, process, frame, found, object, '[]=', [index, value]);
    return fail('readOnly', '[]', object.className);
  }
  if (typeof index !== 'number')
    fail(object === null || object === undefined ? 'nullMember' : 'noObject', display(index, 1), display(object, 1));
  writeItem(engine, process, object, index, value);
  push(process, undefined);
}

/** Calls a function of a value; its arguments lie on the stack, the value below them is gone already. */
export function callMember(engine: Engine, process: ProcessState, frame: Frame, object: Value, name: string, count: number): undefined {
  if (object === undefined && name === 'new') return fail('noClassBefore');
  if (object === null || object === undefined) {
    const receiver = receiverText(engine, frame, name);
    if (receiver === undefined) return fail('nullMember', name);
    return fail(object === null ? 'nullReceiver' : 'undefinedReceiver', receiver, name);
  }
  if (typeof object !== 'object') return fail('noObject', name, display(object, 1));
  switch (object.t) {
    case 'object':
    case 'host': {
      const own = object.t === 'object' ? object.properties.get(name) : undefined;
      if (typeof own === 'object' && own?.t === 'formula') return callFormula(engine, process, own, object, count);
      if (own !== undefined && own !== null) return fail('noFormula');
      const className = projectClass(object);
      const code = engine.classes.find(className, 'function', name);
      if (code) {
        if (engine.evaluation?.pure) fail('pure', `${className}.${name}`);
        enter(engine, process, code, count, object);
        return;
      }
      if (object.t === 'object') return fail('noFunction', name, classLabel(object));
      const found = nativeOf(engine, object.className, name);
      if (!found) return noMember(engine, object.className, name);
      return runMember(engine, process, frame, found, object, name, take(process, count));
    }
    case 'collection': {
      const found = nativeOf(engine, 'Collection', name);
      if (!found) return noMember(engine, 'Collection', name);
      return runMember(engine, process, frame, found, object, name, take(process, count));
    }
    case 'formula':
      return callFormulaMember(engine, process, object, name, count);
    case 'class':
      return callClassMember(engine, process, frame, object, name, count);
    default:
      return fail('noFunction', name, display(object, 1));
  }
}

/** `.call(this; …)`, `.apply(this; [args])`, or a formula that the formula itself has as a property. */
function callFormulaMember(engine: Engine, process: ProcessState, formula: FormulaValue, name: string, count: number): undefined {
  const own = formula.properties?.get(name);
  if (typeof own === 'object' && own?.t === 'formula') return callFormula(engine, process, own, formula, count);
  if (name !== 'call' && name !== 'apply') return fail('noFunction', name, '4D.Function');
  const args = take(process, count) as Value[];
  const self = args[0] === null ? undefined : args[0];
  const list = args[1];
  const given = name === 'call' ? args.slice(1) : typeof list === 'object' && list?.t === 'collection' ? list.items : [];
  for (const value of given) push(process, value);
  callFormula(engine, process, formula, self === undefined ? formula.self : self, given.length);
}

/** Calls a formula whose arguments lie on the stack. */
export function callFormula(engine: Engine, process: ProcessState, formula: FormulaValue, self: Value, count: number): undefined {
  if (engine.evaluation?.pure) fail('pure', 'Formula');
  const target = codeOf(engine, { formula });
  if (!target) {
    const args = take(process, count) as Value[];
    const frame = process.frames[process.frames.length - 1];
    if (formula.code.kind === 'native' && formula.self !== undefined) {
      for (const value of args) push(process, value);
      return callMember(engine, process, frame, formula.self, formula.code.name, count);
    }
    const next = beginCall(engine, process, { formula }, args, self);
    if (next) deliver(engine, process, next.result, next.served);
    return;
  }
  const frame = enter(engine, process, target.code, count, self);
  capture(process, frame, target.code, formula);
}

function callClassMember(engine: Engine, process: ProcessState, frame: Frame, value: ClassValue, name: string, count: number): undefined {
  if (value.kind === 'project' && name === 'new') {
    const info = engine.classes.get(value.name) ?? fail('noClass', value.name);
    if (engine.evaluation?.pure) fail('pure', `${value.name}.new`);
    const args = take(process, count) as Value[];
    if (info.singleton === 'none') construct(engine, process, info, args);
    else singleton(engine, process, info, args);
    return;
  }
  if (value.kind === 'native') {
    const found = nativeOf(engine, value.name, name);
    if (!found) return noMember(engine, value.name, name);
    return runMember(engine, process, frame, found, value, name, take(process, count));
  }
  fail('noFunction', name, value.name || 'cs');
}
