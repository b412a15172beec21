//%attributes = {"publishedWeb":true}
// What the session knows, in another process

If (Session.storage.top=Null)
	WEB SEND TEXT("nobody")
Else 
	WEB SEND TEXT(Session.userName+": "+String(Session.storage.top.sum("total"))+" from "+Session.storage.top.extract("name").join(", ")+" until "+Session.expirationDate)
End if
