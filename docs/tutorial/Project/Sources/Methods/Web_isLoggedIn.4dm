//%attributes = {"invisible":true}

#DECLARE->$loggedIn : Boolean

// False also sends the browser to the log-in page

$loggedIn:=(vCustomerID#0)

If (Not:C34($loggedIn))
	WEB SEND HTTP REDIRECT:C659("/index.html")
End if 
