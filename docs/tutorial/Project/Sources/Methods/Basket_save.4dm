//%attributes = {"invisible":true}

#DECLARE($customerID : Integer)

// Writes the basket of the session to the data file, in place of what was saved before

var $i : Integer

READ WRITE:C146([Basket line:3])
QUERY:C277([Basket line:3]; [Basket line:3]Customer ID:2=$customerID)
DELETE SELECTION:C66([Basket line:3])

For ($i; 1; Size of array:C274(aBasketID))
	CREATE RECORD:C68([Basket line:3])
	[Basket line:3]Customer ID:2:=$customerID
	[Basket line:3]Article ID:3:=aBasketID{$i}
	[Basket line:3]Quantity:4:=aBasketQuantity{$i}
	[Basket line:3]Saved on:5:=Current date:C33
	SAVE RECORD:C53([Basket line:3])
End for 

UNLOAD RECORD:C212([Basket line:3])
READ ONLY:C145([Basket line:3])
