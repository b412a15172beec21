//%attributes = {"publishedWeb":true}
#DECLARE($note : Text)

// Keeps a text, or shows it

If ($note#"")
	vNote:=$note
End if
WEB SEND TEXT("note: "+vNote)
