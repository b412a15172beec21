import { ClassStore } from './classes.js';
import { CodeStore } from './codeStore.js';
import { Core } from './core.js';
import type { MachineServices } from './types.js';
import type { MachineOptions } from './views.js';

/** The core with its compiled code and classes: what all that runs is given. */
export class Engine extends Core {
  readonly code: CodeStore;
  readonly classes: ClassStore;
  /** What natives see. */
  readonly services: MachineServices;

  constructor(options: MachineOptions<unknown>, services: MachineServices) {
    super(options.host, options);
    this.services = services;
    this.code = new CodeStore(this);
    this.classes = new ClassStore(this, this.code);
  }
}
