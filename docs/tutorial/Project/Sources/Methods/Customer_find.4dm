//%attributes = {"invisible":true}

#DECLARE($login : Text; $code : Text)->$customerID : Integer

// ID of the customer with this login and access code, 0 when there is none.
// "@" stands for any text in queries and comparisons, so it would open every account.
// A shop with real customers stores the result of Generate password hash, never the code itself.

If ($login#"") & ($code#"") & (Position:C15("@"; $login+$code)=0)
	READ ONLY:C145([Customer:1])
	QUERY:C277([Customer:1]; [Customer:1]Login:2=$login; *)
	QUERY:C277([Customer:1];  & ; [Customer:1]Access code:4=$code)
	
	If (Records in selection:C76([Customer:1])=1)
		$customerID:=[Customer:1]ID:1
	End if 
End if 
