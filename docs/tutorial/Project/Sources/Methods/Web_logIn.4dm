//%attributes = {"publishedWeb":true}

// POST /4DACTION/Web_logIn from index.html, with login and code

var $customerID : Integer

$customerID:=Customer_find(Web_formValue("login"); Web_formValue("code"))

If ($customerID=0)
	WEB SEND HTTP REDIRECT:C659("/login-failed.html")
Else 
	If (vCustomerID#0)  // Somebody else was logged in with this browser
		Customer_leave
	End if 
	
	Customer_enter($customerID)
	WEB SEND HTTP REDIRECT:C659("/4DACTION/Web_articles")
End if 
