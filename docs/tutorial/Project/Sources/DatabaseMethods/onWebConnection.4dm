#DECLARE($url : Text; $content : Text; $ipBrowser : Text; $ipServer : Text; $user : Text; $password : Text)

// Short addresses for what the menu offers. Everything else that is no file of WebFolder ends here too.

var $header : Text

Case of 
	: ($url="/articles@")
		Web_articles
		
	: ($url="/basket@")
		Web_basket
		
	: ($url="/logout@")
		Web_logOut
		
	Else 
		$header:="X-VERSION: HTTP/1.1"+Char:C90(13)+Char:C90(10)+"X-STATUS: 404 Not Found"
		WEB SET HTTP HEADER:C660($header)
		WEB SEND TEXT:C677(Html_page("Not found"; "<p>There is no such page in the shop.</p>"))
End case 
