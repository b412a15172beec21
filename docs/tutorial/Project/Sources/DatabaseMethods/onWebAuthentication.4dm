#DECLARE($url : Text; $content : Text; $ipBrowser : Text; $ipServer : Text; $user : Text; $password : Text)->$accepted : Boolean

// A process variable that grows from request to request: the process stays with the session
vRequestCount:=vRequestCount+1

Case of 
	: ($url="/4DACTION/Web_sessions@") | ($url="/4DACTION/Web_closeSession@")
		$accepted:=vAdministrator
		
	Else 
		$accepted:=True:C214
End case 
