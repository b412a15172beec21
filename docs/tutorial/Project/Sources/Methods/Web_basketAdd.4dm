//%attributes = {"publishedWeb":true}

// POST /4DACTION/Web_basketAdd, with article and quantity

var $articleID; $quantity : Integer

If (Web_isLoggedIn)
	$articleID:=Num:C11(Web_formValue("article"))
	$quantity:=Num:C11(Web_formValue("quantity"))
	
	Case of 
		: (Find in array:C230(aShopID; $articleID)<1) | ($quantity<1)
			WEB SEND TEXT:C677(Html_page("Basket"; "<p>The shop needs an article of its list and a quantity of 1 or more.</p>"))
			
		: (Article_hold($articleID))
			Basket_add($articleID; $quantity)
			WEB SEND HTTP REDIRECT:C659("/4DACTION/Web_basket")
			
		Else 
			WEB SEND TEXT:C677(Html_page("Basket"; "<p>Another customer holds this article. Please try again later.</p>"))
	End case 
End if 
