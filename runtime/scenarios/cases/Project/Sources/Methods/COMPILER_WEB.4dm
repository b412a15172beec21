// What a session keeps

C_TEXT(vSession;vNote)
C_LONGINT(vCount)
ARRAY TEXT(aPrefs;0)
ARRAY TEXT(aEmployees;0)
