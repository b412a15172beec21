//%attributes = {"publishedWeb":true}
#DECLARE($id : Text)

// Closes any session, twice

WEB LEGACY CLOSE SESSION($id)
WEB LEGACY CLOSE SESSION($id)
WEB SEND TEXT("closed")
