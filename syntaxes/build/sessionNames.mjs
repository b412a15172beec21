// Names and tokens of the session family that the facts tables lack: former and French names of commands, constants and
// database methods (facts: `web-sessions`, sections 3, 5 and 15). Keys are command numbers and constant names.

export const commandAliases = {
  1162: { french: ['WEB Lire ID Session courante'] },
  1207: { former: ['WEB GET SESSION EXPIRATION'], french: ['WEB SESSION ANCIENNE LIRE EXPIRATION'] },
  1208: { former: ['WEB CLOSE SESSION'], french: ['WEB SESSION ANCIENNE FERMER', 'WEB FERMER SESSION'] },
  1350: { former: ['WEB Get session process count'], french: ['_O_WEB Lire nombre process session'] },
  1209: { french: ['WEB LIRE OPTION'] },
  1210: { french: ['WEB FIXER OPTION'] },
  617: { french: ['WEB DÉMARRER SERVEUR'] },
  618: { french: ['WEB ARRÊTER SERVEUR'] },
  1313: { french: ['WEB Serveur est démarré'] },
  1674: { french: ['WEB Serveur'] },
  1716: { french: ['WEB Liste serveurs'] },
  1531: { french: ['WEB Lire infos serveur'] },
  619: { french: ['WEB ENVOYER FICHIER'] },
  677: { french: ['WEB ENVOYER TEXTE'] },
  654: { french: ['WEB ENVOYER BLOB'] },
  815: { french: ['WEB ENVOYER DONNÉES'] },
  659: { french: ['WEB ENVOYER REDIRECTION HTTP'] },
  660: { french: ['WEB FIXER ENTÊTE HTTP'] },
  697: { french: ['WEB LIRE ENTÊTE HTTP'] },
  814: { french: ['WEB LIRE CORPS HTTP'] },
  683: { french: ['WEB LIRE VARIABLES'] },
  1212: { french: ['WEB LIRE PARTIE CORPS'] },
  1211: { french: ['WEB Lire nombre parties corps'] },
  639: { french: ['WEB FIXER PAGE ACCUEIL'] },
  634: { french: ['WEB FIXER RACINE'] },
  658: { french: ['WEB LIRE STATISTIQUES'] },
  698: { french: ['WEB Connexion sécurisée'] },
  946: { french: ['WEB Valider digest'] },
  1844: { french: ['Lire info session'] },
  1596: { french: ['MOBILE APP ACTUALISER SESSIONS'] },
};

/** What the tables do not say about a command. */
export const commandFacts = {
  1350: {
    syntax: ['( sessionID : Text ) : Integer'],
    history: ['15 R4 Created'],
    theme: 'Web Server',
    threadSafe: true,
    legacySessionsOnly: true,
  },
};

/** By name: what is to be set on a constant; `sameAs` folds another spelling of it, with its page and value, into it. */
export const constantFacts = {
  'Web legacy session': { formerNames: ['Web keep session'] },
  'Web Session IP address validation enabled': { value: 83, sameAs: 'Web session enable IP address validation' },
  'Web session cookie domain': { token: '73:15' },
  'Web session cookie path': { token: '73:16' },
  'Web HTTP compression threshold': { token: '73:12' },
  'Web HTTP TRACE': { token: '73:24' },
  'Web SameSite Lax': { token: '73:36' },
  'Web server database': { formerNames: ['Web database server'] },
  'Web server host database': { formerNames: ['Web host database server'] },
  'Web server receiving request': { formerNames: ['Web request receiving server'] },
};

export const databaseMethodAliases = {
  'On Web Legacy Close Session': ['On Web Close Process', 'On Web Session Suspend'],
};
