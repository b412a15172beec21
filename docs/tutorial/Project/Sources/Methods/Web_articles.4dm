//%attributes = {"publishedWeb":true}

// GET /4DACTION/Web_articles: everything the shop sells, from the arrays that were filled at log in

var $rows : Text
var $i : Integer

If (Web_isLoggedIn)
	For ($i; 1; Size of array:C274(aShopID))
		$rows:=$rows+"<tr><td><a href=\"/4DACTION/Web_article/"+String:C10(aShopID{$i})+"\">"+Html_escape(aShopName{$i})+"</a></td>"
		$rows:=$rows+"<td>"+String:C10(aShopPrice{$i}; "###,##0.00")+"</td></tr>"
	End for 
	
	WEB SEND TEXT:C677(Html_page("Articles"; "<table><tr><th>Article</th><th>Price</th></tr>"+$rows+"</table>"))
End if 
