#DECLARE($url : Text;$content : Text;$ipBrowser : Text;$ipServer : Text;$user : Text;$password : Text)

// A session is new when the ID that it kept is not the one of the request: then everything is loaded once

Case of 
	: ($url="/start@")
		If (vSession#WEB Get current session ID)
			vSession:=WEB Get current session ID
			QUERY([User];[User]ID=1)
			QUERY([prefs];[prefs]UserID=[User]ID)
			SELECTION TO ARRAY([prefs]Value;aPrefs)
			ALL RECORDS([employees])
			SELECTION TO ARRAY([employees]Name;aEmployees)
			QUERY([company];[company]ID=1)
		End if 
		WEB SEND TEXT([User]Name+" of "+[company]Name+", "+String(Size of array(aPrefs))+" preferences, "+String(Size of array(aEmployees))+" colleagues")
		
	: ($url="/prefer/@")
		APPEND TO ARRAY(aPrefs;Substring($url;9))
		WEB SEND TEXT(String(Size of array(aPrefs))+" preferences")
		
	Else 
		WEB SEND TEXT("no page "+$url)
End case 
