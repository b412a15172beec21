//%attributes = {"publishedWeb":true}
// What is left in another request

var $texts : Text

If (Session.storage.texts#Null)
	$texts:=Session.storage.texts.orderBy().join(",")
End if
WEB SEND TEXT("texts: "+$texts+", note: "+vNote)
