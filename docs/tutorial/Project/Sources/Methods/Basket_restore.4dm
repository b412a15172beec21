//%attributes = {"invisible":true}

#DECLARE($customerID : Integer)

// Fills the basket with the lines that were saved when an earlier session ended.
// Nothing is held: others may have taken the articles meanwhile.

ARRAY LONGINT:C221(aBasketID; 0)
ARRAY LONGINT:C221(aBasketQuantity; 0)

READ ONLY:C145([Basket line:3])
QUERY:C277([Basket line:3]; [Basket line:3]Customer ID:2=$customerID)
ORDER BY:C49([Basket line:3]; [Basket line:3]ID:1; >)

While (Not:C34(End selection:C36([Basket line:3])))
	If (Find in array:C230(aShopID; [Basket line:3]Article ID:3)>0)
		Basket_add([Basket line:3]Article ID:3; [Basket line:3]Quantity:4)
	End if 
	NEXT RECORD:C51([Basket line:3])
End while 
