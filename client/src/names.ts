/** Names that the manifest declares too. */
export const section = '4dWebSessions';
export const debugType = '4d-simulator';
export const languageId = '4d';
/** A scenario file, by its name. */
export const isScenario = ({ path }: { readonly path: string }): boolean => path.endsWith('.scenario.json');
/** 4D's own language extension; beside it this one keeps to what it lacks. */
export const analyzerId = '4d.4d-analyzer';
