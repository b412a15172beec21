//%attributes = {"publishedWeb":true}
#DECLARE($id : Text)

// Loads a record read-write and leaves it so

READ WRITE([INFO])
QUERY([INFO];[INFO]ID=Num($id))
LOAD RECORD([INFO])
If (Locked([INFO]))
	WEB SEND TEXT("locked")
Else 
	WEB SEND TEXT("held: "+[INFO]Text)
End if
