// On Web Legacy Close Session: the session is about to end.
// Its process variables, selections and record locks are still there; after this method they are gone.

If (vCustomerID#0)
	Customer_leave
End if 
