//%attributes = {"publishedWeb":true}
#DECLARE($value : Text)

// Sets a cookie of its own with what was sent

WEB SET HTTP HEADER("Set-Cookie: own="+$value)
WEB SEND TEXT("set")
