// On Web Legacy Close Session: everything is still there

var $i : Integer

If (vNote#"")
	CREATE RECORD([Saved])
	[Saved]Session:=WEB Get current session ID
	[Saved]Note:=vNote
	SAVE RECORD([Saved])
	UNLOAD RECORD([Saved])
End if 

If (Size of array(aPrefs)>0)
	READ WRITE([prefs])
	QUERY([prefs];[prefs]UserID=[User]ID)
	DELETE SELECTION([prefs])
	For ($i;1;Size of array(aPrefs))
		CREATE RECORD([prefs])
		[prefs]ID:=100+$i
		[prefs]UserID:=[User]ID
		[prefs]Value:=aPrefs{$i}
		SAVE RECORD([prefs])
	End for 
End if 
