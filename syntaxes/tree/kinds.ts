/**
 * The kinds of tokens and nodes of a 4D tree.
 *
 * Numbers are internal: nothing outside one run depends on them.
 */

/** Kinds of tokens. Blanks, comments, continuations (`\` at the end of a line) and a BOM are trivia: they lie between tokens. */
export enum T {
  Eof,
  /** End of a line that ends a statement; a continued line has none. */
  LineEnd,
  /** One word of a name or keyword: letters, digits, `_`. */
  Word,
  /** `:C1208`, `:K73:1`, `:P12000:141`, `:4` (table or field number), glued to what stands before. */
  Suffix,
  /** `$name`, also `$1` and names with blanks in them. */
  Local,
  /** `<>name` or `◊name`. */
  Interprocess,
  Number,
  /** A text literal with its quotes; unterminated ones end with their line. */
  String,
  /** `!2024-02-29!` */
  Date,
  /** `?08:30:00?` */
  Time,
  /** `:=`, `+=`, `-=`, `*=`, `/=` */
  Assign,
  /** Every other operator: `+ - * / \ % ^ = # < > <= >= & | && || ?? ?+ ?- << >> ^| *+ *|` and `->`. */
  Operator,
  OpenParen,
  CloseParen,
  OpenBrace,
  CloseBrace,
  OpenBracket,
  CloseBracket,
  /** `[[` and `]]` around a character number. */
  OpenDouble,
  CloseDouble,
  Semicolon,
  Colon,
  /** `?` of a ternary. */
  Question,
  Dot,
  /** `...` of a variadic parameter list. */
  Ellipsis,
  /** `${` of `${n}`. */
  DollarBrace,
  /** `#DECLARE` */
  Declare,
  /** All of an SQL block between its two lines. */
  Sql,
  /** A character that cannot start anything. */
  Unknown,
}

/**
 * Kinds of nodes. The comment gives the children in order; `[x]` may be absent, `x*` any number.
 * A child that the grammar demands and the text lacks is a `Missing` node, so fixed positions always hold.
 * `tree.token(n)` is the principal token named after `·`.
 */
export enum N {
  /** The whole file: (statement | ClassExtends | Constructor | Function | Property | Alias)* */
  File,
  /** Something demanded that is not there. No children, no width. */
  Missing,
  /** Skipped tokens: the parser reported them. */
  Skipped,

  // ---- statements
  /** statement* */
  Block,
  /** condition, Block, [Else] · `If` */
  If,
  /** Block · `Else` (of If or CaseOf) */
  Else,
  /** Block (what stands before the first case, usually empty), Case*, [Else] · `Case` */
  CaseOf,
  /** condition, Block · `:` */
  Case,
  /** condition, Block · `While` */
  While,
  /** Block, condition · `Repeat` */
  Repeat,
  /** counter, start, end, [step], Block · `For` */
  For,
  /** item, source, [begin, [end]], [ForEachWhile | ForEachUntil], Block · `For` */
  ForEach,
  /** condition · `While` after the parenthesis of a For each */
  ForEachWhile,
  /** condition · `Until` */
  ForEachUntil,
  /** target, Block · `Use` */
  Use,
  /** Block, [Catch] · `Try` */
  Try,
  /** Block · `Catch` */
  Catch,
  /** no children · the Sql token */
  Sql,
  /** [value] · `return` */
  Return,
  Break,
  Continue,
  /** Declarator* · `var` */
  Var,
  /** Declarator* · `property` (in a class) */
  Property,
  /** name*, [Type], [initial value]: `$a; $b : Integer := 5` is one Declarator with two names. Names come first. · first name */
  Declarator,
  /** no children: `Text`, `cs.Shop`, `4D.File`; the text of the node is the type · first word */
  Type,
  /** Parameters, [Result] · `#DECLARE` */
  Declare,
  /** Parameter*, between parentheses when present */
  Parameters,
  /** name, [Type] (a variadic `...` is a Parameter whose principal token is the Ellipsis) · name */
  Parameter,
  /** [name], [Type]: `->$r : Text` has a name, `: Text` has none */
  Result,
  /** name · `extends` */
  ClassExtends,
  /** Parameters, Block; modifiers are tokens before the principal one · `constructor` */
  Constructor,
  /** name, Parameters, [Result], Block; `get`, `set`, `query`, `orderBy`, `event`, modifiers are tokens before the name · `Function` */
  Function,
  /** name, path (a Member or Name) · `Alias` */
  Alias,
  /** target, value · the assignment operator */
  Assignment,
  /** expression: a call, a method name alone … */
  ExpressionStatement,

  // ---- expressions
  /** A run of words with an optional suffix: a command, constant, method, process variable, class … Resolved elsewhere. · first word */
  Name,
  /** `$name`, `$1` · Local */
  Local,
  /** `${n}`: index · DollarBrace */
  ParameterIndex,
  Interprocess,
  /** `[Shop:2]` · first word in the brackets */
  Table,
  /** Table, Name: `[Shop:2]City:3` · first word of the field */
  Field,
  Number,
  String,
  Date,
  Time,
  /** Pair* · `{` */
  ObjectLiteral,
  /** key (Name or String), value · `:` */
  Pair,
  /** value* · `[` */
  CollectionLiteral,
  /** callee, Arguments · `(` */
  Call,
  /** argument*; an empty argument between two semicolons is a Missing */
  Arguments,
  /** object, Name · `.` */
  Member,
  /** object, index: `o["k"]`, `c[1]` · `[` */
  Index,
  /** array, index: `a{2}` · `{` */
  Element,
  /** text, position: `t[[1]]` · `[[` */
  Character,
  /** pointer: `p->` · `->` */
  Dereference,
  /** target: `->[Shop]City`; `->[]` has a Missing · `->` */
  AddressOf,
  /** left, right; strictly left to right, no precedence · operator */
  Binary,
  /** operand · operator (`-`, `+`; in a query also `&`, `|`, `#` before a criterion without its own semicolon) */
  Unary,
  /** condition, then, else · `?` */
  Ternary,
  /** inner · `(` */
  Parenthesized,
  /** An operator that stands for itself as an argument: `*`, `>`, `<`, `&`, `|`, `#`, `=`, `%`, `>=` · operator */
  OperatorArgument,
  /** target, value: an assignment as an argument, `APPLY TO SELECTION([T]; [T]a:=1)` · `:=` */
  AssignmentArgument,
  /** argument (an expression): `Try(expr)` · `Try` */
  TryExpression,
}
