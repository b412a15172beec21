//%attributes = {"publishedWeb":true}

// POST /4DACTION/Web_closeSession, with customer: an administrator ends the session of somebody else.
// On Web Legacy Close Session runs in that session, not in this one. An ID that is not known changes nothing.

READ ONLY:C145([Customer:1])
QUERY:C277([Customer:1]; [Customer:1]ID:1=Num:C11(Web_formValue("customer")))

If (Records in selection:C76([Customer:1])=1)
	WEB LEGACY CLOSE SESSION:C1208([Customer:1]Session ID:6)
End if 

WEB SEND HTTP REDIRECT:C659("/4DACTION/Web_sessions")
