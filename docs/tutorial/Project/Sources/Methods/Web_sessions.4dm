//%attributes = {"publishedWeb":true}

// GET /4DACTION/Web_sessions: who is in the shop. On Web Authentication lets administrators in only.

var $rows; $expires : Text
var $expirationDate : Date
var $expirationTime : Time

READ ONLY:C145([Customer:1])
QUERY:C277([Customer:1]; [Customer:1]Session ID:6#"")
ORDER BY:C49([Customer:1]; [Customer:1]Name:3; >)

While (Not:C34(End selection:C36([Customer:1])))
	WEB LEGACY GET SESSION EXPIRATION:C1207([Customer:1]Session ID:6; $expirationDate; $expirationTime)
	$expires:=String:C10($expirationDate; ISO date:K1:8; $expirationTime)
	
	$rows:=$rows+"<tr><td>"+Html_escape([Customer:1]Name:3)+"</td><td>"+$expires+"</td>"
	$rows:=$rows+"<td><form method=\"post\" action=\"/4DACTION/Web_closeSession\">"
	$rows:=$rows+"<input type=\"hidden\" name=\"customer\" value=\""+String:C10([Customer:1]ID:1)+"\">"
	$rows:=$rows+"<button>Close</button></form></td></tr>"
	NEXT RECORD:C51([Customer:1])
End while 

WEB SEND TEXT:C677(Html_page("Sessions"; "<table><tr><th>Customer</th><th>Cookie expires</th><th></th></tr>"+$rows+"</table>"))
