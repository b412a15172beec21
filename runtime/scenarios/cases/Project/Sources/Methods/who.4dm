//%attributes = {"publishedWeb":true}
// Answers by what Session says

Case of 
	: (Session=Null)
		WEB SEND TEXT("no session object, ID "+Char(34)+WEB Get current session ID+Char(34))
	: (Session.hasPrivilege("manager"))
		WEB SEND TEXT("welcome, "+Session.userName)
	Else 
		WEB SEND TEXT("not for guests")
End case 
