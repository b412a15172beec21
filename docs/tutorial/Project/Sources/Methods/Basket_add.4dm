//%attributes = {"invisible":true}

#DECLARE($articleID : Integer; $quantity : Integer)

// Adds a line to the basket, or the quantity to the line that is already there

var $index : Integer

$index:=Find in array:C230(aBasketID; $articleID)

If ($index>0)
	aBasketQuantity{$index}:=aBasketQuantity{$index}+$quantity
Else 
	APPEND TO ARRAY:C911(aBasketID; $articleID)
	APPEND TO ARRAY:C911(aBasketQuantity; $quantity)
End if 
