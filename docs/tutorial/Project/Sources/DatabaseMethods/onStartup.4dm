// No session outlives the server: forget the IDs that were stored when it stopped

READ WRITE:C146([Customer:1])
QUERY:C277([Customer:1]; [Customer:1]Session ID:6#"")

While (Not:C34(End selection:C36([Customer:1])))
	[Customer:1]Session ID:6:=""
	SAVE RECORD:C53([Customer:1])
	NEXT RECORD:C51([Customer:1])
End while 

UNLOAD RECORD:C212([Customer:1])
READ ONLY:C145([Customer:1])
