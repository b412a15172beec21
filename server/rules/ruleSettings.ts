export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** What a setting may say about a rule, by its code; `syntax` stands for all of the parser's. */
export type RuleSettings = Readonly<Record<string, Severity | 'default' | 'off'>>;
