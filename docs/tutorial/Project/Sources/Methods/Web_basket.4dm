//%attributes = {"publishedWeb":true}

// GET /4DACTION/Web_basket: no query here. The arrays and the current record are those that the requests before left.

var $rows; $held : Text
var $amount; $total : Real
var $i; $index : Integer

If (Web_isLoggedIn)
	For ($i; 1; Size of array:C274(aBasketID))
		$index:=Find in array:C230(aShopID; aBasketID{$i})
		$amount:=aBasketQuantity{$i}*aShopPrice{$index}
		$total:=$total+$amount
		
		If ([Article:2]ID:1=aBasketID{$i})
			$held:="held for you"
		Else 
			$held:=""
		End if 
		
		$rows:=$rows+"<tr><td>"+Html_escape(aShopName{$index})+"</td><td>"+String:C10(aBasketQuantity{$i})+"</td>"
		$rows:=$rows+"<td>"+String:C10($amount; "###,##0.00")+"</td><td>"+$held+"</td></tr>"
	End for 
	
	If ($rows="")
		$rows:="<tr><td>Your basket is empty.</td></tr>"
	Else 
		$rows:=$rows+"<tr><th>Total</th><td></td><td>"+String:C10($total; "###,##0.00")+"</td><td></td></tr>"
	End if 
	
	WEB SEND TEXT:C677(Html_page("Basket"; "<table>"+$rows+"</table>"))
End if 
