import type { Bilingual } from '#syntaxes/text/bilingual.js';

/**
 * What 4D's documentation leaves open and the simulator has chosen (facts: web-sessions §19). Each is told once, the first time it matters,
 * as a trace event of kind `assumption` whose `what` is the key here.
 */
export const assumptions = {
  'own-close': {
    en: 'A session that closes itself keeps its variables until its request ends (choice `ownClose`; 4D does not document the moment).',
    es: 'Una sesión que se cierra a sí misma conserva sus variables hasta que termina su petición (opción `ownClose`; 4D no documenta el momento).',
  },
  'close-waits': {
    en: 'WEB LEGACY CLOSE SESSION on an idle session goes on when the close method has run; on a busy one at once, and that session’s context is freed when its request ends (4D does not document it).',
    es: 'WEB LEGACY CLOSE SESSION sobre una sesión inactiva continúa cuando el método de cierre ha terminado; sobre una ocupada continúa enseguida, y el contexto de esa sesión se libera cuando acaba su petición (4D no lo documenta).',
  },
  'close-cookie': {
    en: 'The cookie of a closed session is sent with Max-Age=0 on the response of its own request (4D documents expiry 0, not its text).',
    es: 'La cookie de una sesión cerrada se envía con Max-Age=0 en la respuesta de su propia petición (4D documenta la caducidad 0, no su texto).',
  },
  'close-sends-nothing': {
    en: 'What On Web Legacy Close Session sends with WEB SEND commands is left out: no response belongs to it (4D does not document it).',
    es: 'Lo que On Web Legacy Close Session envía con las órdenes WEB SEND se descarta: ninguna respuesta le pertenece (4D no lo documenta).',
  },
  'close-on-stop': {
    en: 'The web server stopped without calling On Web Legacy Close Session for its open sessions (choice `closeOnStop`; 4D does not document it).',
    es: 'El servidor web se ha detenido sin llamar a On Web Legacy Close Session para sus sesiones abiertas (opción `closeOnStop`; 4D no lo documenta).',
  },
  aborted: {
    en: 'The process of a session was ended: the session went with it, and On Web Legacy Close Session was not called (4D does not document it).',
    es: 'Se ha terminado el proceso de una sesión: la sesión ha desaparecido con él, sin llamar a On Web Legacy Close Session (4D no lo documenta).',
  },
  'all-busy': {
    en: 'All sessions are running a request and the limit is reached: HTTP 503 (4D documents the limit for idle sessions only).',
    es: 'Todas las sesiones están atendiendo una petición y se ha alcanzado el límite: HTTP 503 (4D solo documenta el límite con sesiones inactivas).',
  },
  'cookie-order': {
    en: 'SameSite and Secure follow at the end of the session cookie (4D does not document their place).',
    es: 'SameSite y Secure van al final de la cookie de sesión (4D no documenta su posición).',
  },
  'scalable-cookie': {
    en: 'No capture of the cookie of a scalable session is known: its text is the simulator’s choice.',
    es: 'No se conoce ninguna captura de la cookie de una sesión escalable: su texto es una elección del simulador.',
  },
  'static-files': {
    en: 'A plain file opens no session: only requests that run 4D code do (choice `staticFilesOpenSessions`; 4D does not document it).',
    es: 'Un archivo estático no abre ninguna sesión: solo lo hacen las peticiones que ejecutan código 4D (opción `staticFilesOpenSessions`; 4D no lo documenta).',
  },
  refused: {
    en: 'On Web Authentication refused the request: the answer is the status of choice `refusedStatus` (401; 4D does not document it).',
    es: 'On Web Authentication ha rechazado la petición: la respuesta es el estado de la opción `refusedStatus` (401; 4D no lo documenta).',
  },
  'no-answer': {
    en: 'The code of a request ended without sending anything: the answer is an empty page with status 200 (4D does not document it).',
    es: 'El código de una petición terminó sin enviar nada: la respuesta es una página vacía con estado 200 (4D no lo documenta).',
  },
  'last-send': {
    en: 'A request sent more than one answer: the last one counts (4D documents only that a redirect wins).',
    es: 'Una petición ha enviado más de una respuesta: cuenta la última (4D solo documenta que gana una redirección).',
  },
  'json-variables': {
    en: 'WEB GET VARIABLES reads a JSON body as it reads a form: without & and = the whole body is the name of one variable (4D does not document it; real code relies on it). WEB GET HTTP BODY gives the body as it is.',
    es: 'WEB GET VARIABLES lee un cuerpo JSON como un formulario: sin & ni =, todo el cuerpo es el nombre de una variable (4D no lo documenta; hay código real que cuenta con ello). WEB GET HTTP BODY da el cuerpo tal cual.',
  },
  'error-page': {
    en: 'An error that nobody handled ended the code of a request: the answer has status 500 (4D does not document it).',
    es: 'Un error que nadie trató ha terminado el código de una petición: la respuesta tiene estado 500 (4D no lo documenta).',
  },
  'action-parameter': {
    en: 'A method called by /4DACTION/Name/param receives “param” without the slash (4D’s pages show both forms).',
    es: 'Un método llamado con /4DACTION/Nombre/param recibe «param» sin la barra (las páginas de 4D muestran las dos formas).',
  },
  'mode-restart': {
    en: 'The session mode set by WEB SET OPTION takes effect when the web server starts again (documented for scalable sessions; taken over for legacy ones).',
    es: 'El modo de sesión fijado con WEB SET OPTION se aplica cuando el servidor web vuelve a arrancar (documentado para las sesiones escalables; se supone igual para las heredadas).',
  },
  'both-modes': {
    en: 'Legacy and scalable sessions were both switched on: the last setting counts and turns the other off (4D does not document it).',
    es: 'Se han activado a la vez las sesiones heredadas y las escalables: cuenta el último ajuste y desactiva el otro (4D no lo documenta).',
  },
  'option-at-once': {
    en: 'A changed session limit or timeout counts from now on, for open sessions too (4D does not document the moment).',
    es: 'Un límite o tiempo de espera de sesión modificado cuenta desde ahora, también para las sesiones abiertas (4D no documenta el momento).',
  },
  'unknown-mode': {
    en: 'The settings do not tell a session mode that is known: the server runs with scalable sessions, 4D’s default.',
    es: 'Los ajustes no indican un modo de sesión conocido: el servidor funciona con sesiones escalables, el valor por omisión de 4D.',
  },
  'authentication-mode': {
    en: 'The settings ask for passwords (kind 1 is taken for BASIC, 2 for DIGEST; 4D does not document the numbers). The simulator has no 4D users: On Web Authentication decides alone.',
    es: 'Los ajustes piden contraseñas (el tipo 1 se toma por BASIC y el 2 por DIGEST; 4D no documenta los números). El simulador no tiene usuarios 4D: decide solo On Web Authentication.',
  },
  'custom-credentials': {
    en: 'The settings ask for no passwords, and the request brings BASIC credentials: the database methods get them in $5 and $6 (4D documents them for BASIC and DIGEST only; real code reads them).',
    es: 'Los ajustes no piden contraseñas y la petición trae credenciales BASIC: los métodos base las reciben en $5 y $6 (4D solo lo documenta para BASIC y DIGEST; hay código real que las lee).',
  },
  handlers: {
    en: 'The project has HTTP request handlers (HTTPHandlers.json): 4D does not call them with legacy sessions, their addresses are ordinary ones.',
    es: 'El proyecto tiene controladores de peticiones HTTP (HTTPHandlers.json): 4D no los llama con sesiones heredadas y sus direcciones son direcciones normales.',
  },
  'handler-result': {
    en: 'An HTTP request handler gave no 4D.OutgoingMessage: a text is sent as it is, an object or collection as JSON, nothing as an empty page (4D does not document it).',
    es: 'Un controlador de peticiones HTTP no ha devuelto un 4D.OutgoingMessage: un texto se envía tal cual, un objeto o una colección como JSON, y nada como página vacía (4D no lo documenta).',
  },
  recycled: {
    en: 'Before release 21 web processes of scalable sessions are recycled and may show variables of another session: the simulator starts each one empty.',
    es: 'Antes de la versión 21 los procesos web de las sesiones escalables se reciclan y pueden mostrar variables de otra sesión: el simulador los inicia siempre vacíos.',
  },
  'server-startup': {
    en: 'On Server Startup and then On Startup have run, if the project has them: 4D Server runs the first, a 4D of its own the second.',
    es: 'Se han ejecutado On Server Startup y después On Startup, si el proyecto los tiene: 4D Server ejecuta el primero y un 4D local el segundo.',
  },
  mobile: {
    en: 'A request of a 4D Mobile session found all its processes busy and got one more, which stays until the session closes; its first process ends the session (4D documents that there are several, not when one is added).',
    es: 'Una petición de una sesión 4D Mobile encontró ocupados todos sus procesos y obtuvo otro, que queda hasta que la sesión se cierre; su primer proceso termina la sesión (4D documenta que hay varios, no cuándo se añade uno).',
  },
  'http-request': {
    en: 'Callbacks of a 4D.HTTPRequest run in the process that made it, in the order onHeaders, onData, onResponse or onError, onTerminate: while it waits for the request, or by itself in a worker without work (4D does not document the moment).',
    es: 'Las retrollamadas de un 4D.HTTPRequest se ejecutan en el proceso que lo creó, en el orden onHeaders, onData, onResponse u onError, onTerminate: mientras espera la petición o, en un worker sin trabajo, por sí solas (4D no documenta el momento).',
  },
  'records-file': {
    en: 'The records come from records.json beside the project.',
    es: 'Los registros proceden de records.json, junto al proyecto.',
  },
} satisfies Record<string, Bilingual>;

export type Assumption = keyof typeof assumptions;
