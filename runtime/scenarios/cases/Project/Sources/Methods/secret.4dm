//%attributes = {"publishedWeb":true}
WEB SEND TEXT("secret")
