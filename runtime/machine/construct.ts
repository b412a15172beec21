/** Making objects of the project's classes. */
import type { ObjectValue, Value } from '../values/value.js';
import type { ClassInfo } from './classes.js';
import type { Engine } from './engine.js';
import { enter } from './frames.js';
import type { ProcessState } from './types.js';

function push(process: ProcessState, value: Value): undefined {
  process.stack[process.height++] = value;
}

/** Makes an object of a class: its constructor is on top then, or the object is pushed. */
export function construct(
  engine: Engine,
  process: ProcessState,
  info: ClassInfo,
  args: readonly Value[],
  keep?: (made: Value) => void,
): undefined {
  const made: ObjectValue = { t: 'object', properties: new Map(), className: info.name };
  if (info.shared) made.shared = engine.state.nextGroup++;
  keep?.(made);
  const depth = process.frames.length;
  enterConstructors(engine, process, info, args, made);
  if (process.frames.length === depth) push(process, made);
}

/** A class without a constructor has that of the class above; its own properties begin with their values all the same. */
export function enterConstructors(engine: Engine, process: ProcessState, info: ClassInfo, args: readonly Value[], self: Value): undefined {
  const code = engine.classes.constructorOf(info);
  if (code && info.constructorNode >= 0) {
    for (const value of args) push(process, value);
    enter(engine, process, code, args.length, self);
    return;
  }
  if (code) enter(engine, process, code, 0, self);
  const parent = engine.classes.parent(info);
  if (parent) enterConstructors(engine, process, parent, args, self);
}

/** The one object of a singleton class; made when it is first asked for. */
export function singleton(engine: Engine, process: ProcessState, info: ClassInfo, args: readonly Value[]): undefined {
  const own = info.singleton === 'session' ? engine.sessionSingletons(process) : undefined;
  const store = own ?? engine.state.singletons;
  const key = info.singleton === 'session' && !own ? `cs.${info.name} ${process.session ?? ''}` : `cs.${info.name}`;
  const found = store.get(key);
  if (found !== undefined) push(process, found);
  else construct(engine, process, info, args, (made) => store.set(key, made));
}
