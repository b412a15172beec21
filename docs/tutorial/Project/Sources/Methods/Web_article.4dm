//%attributes = {"publishedWeb":true}

#DECLARE($parameter : Text)

// GET /4DACTION/Web_article/3: one article and the button that puts it into the basket

var $body : Text
var $index : Integer

If (Web_isLoggedIn)
	$index:=Find in array:C230(aShopID; Num:C11($parameter))
	
	If ($index<1)
		$body:="<p>The shop does not have this article.</p>"
	Else 
		$body:="<p>"+Html_escape(aShopName{$index})+", "+String:C10(aShopPrice{$index}; "###,##0.00")+"</p>"
		$body:=$body+"<form method=\"post\" action=\"/4DACTION/Web_basketAdd\">"
		$body:=$body+"<input type=\"hidden\" name=\"article\" value=\""+String:C10(aShopID{$index})+"\">"
		$body:=$body+"<input type=\"number\" name=\"quantity\" value=\"1\" min=\"1\">"
		$body:=$body+"<button>Put into the basket</button></form>"
	End if 
	
	WEB SEND TEXT:C677(Html_page("Article"; $body))
End if 
