//%attributes = {"invisible":true}

#DECLARE($title : Text; $body : Text)->$html : Text

// One page of the shop: menu, content, and a last line that shows what the session remembers

$html:="<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"+$title+"</title>"
$html:=$html+"<link rel=\"stylesheet\" href=\"/shop.css\"></head><body><nav>"
$html:=$html+"<a href=\"/4DACTION/Web_articles\">Articles</a> <a href=\"/4DACTION/Web_basket\">Basket</a> "
If (vAdministrator)
	$html:=$html+"<a href=\"/4DACTION/Web_sessions\">Sessions</a> "
End if 
$html:=$html+"<a href=\"/4DACTION/Web_logOut\">Log out</a></nav>"

$html:=$html+"<h1>"+$title+"</h1>"+$body
$html:=$html+"<footer>"+Html_escape(vCustomerName)+" · request "+String:C10(vRequestCount)+" · session "+WEB Get current session ID:C1162+"</footer>"
$html:=$html+"</body></html>"
