//%attributes = {"invisible":true}

#DECLARE($customerID : Integer)

// Ties the session to a customer, and fills the arrays that the pages show

READ WRITE:C146([Customer:1])
QUERY:C277([Customer:1]; [Customer:1]ID:1=$customerID)

vSessionID:=WEB Get current session ID:C1162
vCustomerID:=[Customer:1]ID:1
vCustomerName:=[Customer:1]Name:3
vAdministrator:=[Customer:1]Administrator:5

[Customer:1]Session ID:6:=vSessionID
SAVE RECORD:C53([Customer:1])
UNLOAD RECORD:C212([Customer:1])
READ ONLY:C145([Customer:1])

READ ONLY:C145([Article:2])
ALL RECORDS:C47([Article:2])
ORDER BY:C49([Article:2]; [Article:2]Name:2; >)
SELECTION TO ARRAY:C260([Article:2]ID:1; aShopID; [Article:2]Name:2; aShopName; [Article:2]Price:3; aShopPrice)
REDUCE SELECTION:C351([Article:2]; 0)

Basket_restore($customerID)
