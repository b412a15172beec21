//%attributes = {"invisible":true}

// Saves the basket of this session's customer, who is no longer in the shop then

Basket_save(vCustomerID)

READ WRITE:C146([Customer:1])
QUERY:C277([Customer:1]; [Customer:1]ID:1=vCustomerID; *)
QUERY:C277([Customer:1];  & ; [Customer:1]Session ID:6=vSessionID)

If (Records in selection:C76([Customer:1])=1)
	[Customer:1]Session ID:6:=""
	SAVE RECORD:C53([Customer:1])
End if 

UNLOAD RECORD:C212([Customer:1])
READ ONLY:C145([Customer:1])
